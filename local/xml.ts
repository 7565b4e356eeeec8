/** What an element holds: text, other elements by name, or several of one name. Undefined is left out. */
export type XmlContent = string | number | boolean | undefined | XmlContent[] | { [name: string]: XmlContent };

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function escaped(text: string): string {
  // A carriage return would be read back as a line feed.
  return text.replace(/[&<>"']/g, character => entities[character] ?? character).replaceAll('\r', '&#13;');
}

/** An element of this name: `{ Topics: { member: [{ TopicArn: 'a' }, { TopicArn: 'b' }] } }` as AWS writes lists. */
function xmlElement(name: string, content: XmlContent, namespace?: string): string {
  if (content === undefined) return '';
  if (Array.isArray(content)) return content.map(each => xmlElement(name, each)).join('');
  const inner =
    typeof content === 'object'
      ? Object.entries(content)
          .map(([child, value]) => xmlElement(child, value))
          .join('')
      : escaped(String(content));
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  return `<${name}${attribute}>${inner}</${name}>`;
}

/** A document with one root element. */
export function xmlDocument(root: string, content: XmlContent, namespace?: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement(root, content, namespace)}`;
}
