// The little that is needed to write XML bodies.

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Text as content or attribute value. Characters that XML 1.0 does not have are left out. */
export function escapeXml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
