import { inflateSync } from 'node:zlib';

/** A text on a page of a PDF, and where it begins: points from the left and the lower edge. */
interface ShownText {
  text: string;
  x: number;
  y: number;
}

/**
 * The texts of a PDF that was written with the standard fonts, in code page 1252: a list for each page. Only what pdfkit writes of the format
 * is understood: streams that are deflated or plain, one for a page, and texts as hexadecimal strings.
 */
export function pdfPages(pdf: Uint8Array): ShownText[][] {
  const streams = streamsOf(Buffer.from(pdf)).map(stream => stream.toString('latin1'));
  return streams.filter(content => content.includes(' Tf')).map(textsOf);
}

/** All texts of a PDF, in the order in which they were drawn. */
export function pdfTexts(pdf: Uint8Array): string[] {
  return pdfPages(pdf).flatMap(page => page.map(({ text }) => text));
}

function streamsOf(pdf: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const begin = '\nstream\n';
  for (let at = pdf.indexOf(begin); at >= 0; at = pdf.indexOf(begin, at + 1)) {
    const head = pdf.subarray(pdf.lastIndexOf('obj', at), at).toString('latin1');
    const length = Number(/\/Length (\d+)/.exec(head)?.[1]);
    if (head.startsWith('obj') && Number.isInteger(length)) {
      const from = at + begin.length;
      const content = pdf.subarray(from, from + length);
      found.push(head.includes('/FlateDecode') ? inflateSync(content) : content);
    }
  }
  return found;
}

function textsOf(content: string): ShownText[] {
  return [...content.matchAll(/1 0 0 1 ([\d.]+) ([\d.]+) Tm.*?\[(.*?)\] TJ/gs)].map(([, x, y, parts = '']) => ({
    text: [...parts.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = '']) => cp1252.decode(Buffer.from(hex, 'hex'))).join(''),
    x: Number(x),
    y: Number(y),
  }));
}

const cp1252 = new TextDecoder('windows-1252');
