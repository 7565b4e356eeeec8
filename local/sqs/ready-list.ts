/** How many that were taken may stay in front of the others before the list is cut. */
const taken = 1_000;

/** Things in their order of arrival, taken from the front at the same cost however many there are. */
export class ReadyList<Item> {
  #items: (Item | undefined)[] = [];
  #first = 0;

  add(item: Item): void {
    this.#items.push(item);
  }

  /** The one that has been there longest, which is then there no more. */
  take(): Item | undefined {
    const item = this.#items[this.#first];
    if (this.#first >= this.#items.length) return undefined;
    this.#items[this.#first] = undefined;
    this.#first += 1;
    if (this.#first >= taken && this.#first * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }

  clear(): void {
    this.#items = [];
    this.#first = 0;
  }
}
