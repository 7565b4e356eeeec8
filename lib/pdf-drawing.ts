import type { BundleOptions } from './constructs/bundle.ts';

const fonts = 'js/standard-fonts';

/**
 * What draws statements, beside the functions that do. A bundle is in the package whose `package.json` lies beside it: there `pdfkit` is that
 * package itself, whose code is looked for where its `package.json` says, and so are the fonts' measures, `#standard-fonts/…`.
 */
export const pdfDrawing: NonNullable<BundleOptions['beside']> = {
  'js/pdfkit.node.mjs': { bundled: 'pdfkit' },
  ...Object.fromEntries(
    ['package.json', `${fonts}/Helvetica.cjs`, `${fonts}/HelveticaBold.cjs`, `${fonts}/chunks`].map(name => [
      name,
      `node_modules/pdfkit/${name}`,
    ]),
  ),
};
