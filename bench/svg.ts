/** An SVG of that size with a title for those who do not see it, on white. */
export function drawing(
  { width, height }: { width: number; height: number },
  title: string,
  parts: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

/** A line along a path. */
export function stroke(path: string, colour: string, dash: string, thickness = 1): string {
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${thickness}"${dashes}/>`;
}

/** Words at a place; `more` is further attributes. Words must be fit for XML. */
export function text(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end', more = ''): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#202020"${more}>${words}</text>`;
}
