/**
 * Stands in for `fontkit`, with which pdfkit embeds fonts: statements are set in standard ones, which every reader has. Without it, and without
 * the decompressor that it brings, the bundles that draw them are half as large.
 */
export function create(): never {
  throw new Error('Statements are set in the standard fonts: no other can be embedded');
}
