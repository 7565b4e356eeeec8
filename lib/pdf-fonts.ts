const fonts = 'js/standard-fonts';

/**
 * The fonts' measures, where pdfkit looks for them: it asks for `#standard-fonts/…` of the package that it is in, and a
 * bundle is in the one whose `package.json` lies beside it.
 */
export const pdfFonts: Readonly<Record<string, string>> = Object.fromEntries(
  ['package.json', `${fonts}/Helvetica.cjs`, `${fonts}/HelveticaBold.cjs`, `${fonts}/chunks`].map(name => [
    name,
    `node_modules/pdfkit/${name}`,
  ]),
);
