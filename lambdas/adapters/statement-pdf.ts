import { layOut } from '../domain/statements/layout.ts';
import { type Face, format } from '../domain/statements/sheet.ts';
import type { StatementDocument } from '../domain/statements/statement.ts';
import { accountWords, periodWords } from '../domain/statements/words.ts';

const fonts = { regular: 'Helvetica', bold: 'Helvetica-Bold' } as const satisfies Record<Face['font'], string>;

/**
 * Writes a statement as a PDF. The same statement is the same file, byte for byte: it is dated by its own end, and by no clock.
 * What draws it is loaded for the first statement that is drawn: most requests ask for none, and need not wait for it when a function starts.
 * It is among the adapters as what it draws with reads the fonts' measures from files beside it (`lib/pdf-drawing.ts`).
 */
export async function statementPdf(document: StatementDocument): Promise<Buffer> {
  const { default: PDFDocument } = await import('pdfkit');
  const pdf = new PDFDocument({
    autoFirstPage: false,
    size: [format.width, format.height],
    margin: 0,
    pdfVersion: '1.7',
    lang: 'en-US',
    displayTitle: true,
    info: {
      Title: `Statement for ${periodWords(document)}, ${accountWords(document)}`,
      Author: 'Countinghouse',
      CreationDate: new Date(document.ends_at),
    },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  const measure = (text: string, face: Face) => inFace(pdf, face).widthOfString(text);
  for (const { texts, rules } of layOut(document, measure)) {
    pdf.addPage();
    for (const { text, x, y, ...face } of texts) {
      inFace(pdf, face).text(text, x, y, { lineBreak: false });
    }
    for (const { y } of rules) {
      pdf.moveTo(format.left, y).lineTo(format.right, y).lineWidth(0.5).stroke();
    }
  }
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function inFace(pdf: PDFKit.PDFDocument, { font, size }: Face): PDFKit.PDFDocument {
  return pdf.font(fonts[font]).fontSize(size);
}
