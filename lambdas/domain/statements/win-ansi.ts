/** What code page 1252 has beside ASCII and Latin-1: the letters and signs that the standard fonts of PDF can show (ISO 32000-1, annex D). */
const extra = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

/** Letters that are no plain letter with a mark. */
const plain: Readonly<Record<string, string>> = { Ł: 'L', ł: 'l', Đ: 'D', đ: 'd', Ħ: 'H', ħ: 'h', ı: 'i', ẞ: 'SS' };

/** A text in what the standard fonts can show: a letter without its mark where they lack it, `?` for what they do not have at all. */
export function winAnsi(text: string): string {
  return Array.from(text.normalize('NFC'), shown).join('');
}

function shown(character: string): string {
  if (isShowable(character)) {
    return character;
  }
  if (/[\p{M}\p{Cf}]/u.test(character)) {
    return '';
  }
  const bare = plain[character] ?? character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return bare !== '' && Array.from(bare).every(isShowable) ? bare : '?';
}

function isShowable(character: string): boolean {
  return /^[\x20-\x7e\xa0-\xac\xae-\xff]$/.test(character) || extra.has(character);
}
