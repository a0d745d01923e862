// One field of a CSV file (RFC 4180), harmless in a spreadsheet (CWE-1236), and read back as it was.

/** How a formula begins in Excel, LibreOffice and Sheets; full-width forms too, and what they skip before it. */
const formula = /^[\s\u0000-\u001f'"]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u; // oxlint-disable-line no-control-regex
/** A number as people write them is left as it is: no function and no cell is reached with digits alone. */
const plainNumber = /^\+\d[\d ()./-]*$/;

/** Quoted where RFC 4180 asks for it (or a semicolon would part it); with an apostrophe before what would be calculated. */
export function csvField(value: string): string {
  const safe = isFormula(value) ? `'${value}` : value;
  return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Without the apostrophe that {@link csvField} puts before formulas. */
export function unguarded(value: string): string {
  return value.startsWith("'") && isFormula(value.slice(1)) ? value.slice(1) : value;
}

function isFormula(value: string): boolean {
  return formula.test(value) && !plainNumber.test(value);
}
