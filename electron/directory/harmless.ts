// Text from strangers made harmless for one line of a window: no control, direction or invisible characters.

/** Longest text that is shown of a stranger's, UTF-16 units. */
const longest = 256;

/** Directions (bidi) and their isolates: they make "exe.piz" read as "zip.exe". Unicode UAX 9. */
const directions = /\p{Bidi_Control}/gu;
/** Characters that print nothing: two names may differ by them and look the same. */
const invisible = /\p{Default_Ignorable_Code_Point}|[\u{fff9}-\u{fffb}]/gu;
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/gu; // oxlint-disable-line no-control-regex
const loneSurrogate = /\p{Surrogate}/gu;
/** More than four marks on one letter climb over the neighbouring lines. */
const towers = /(\p{M}{4})\p{M}+/gu;

/** Latin letters with what is written between them, one space at a time: most names. Nothing in them hides. */
const plainName = /^(?:[\u0021-\u007e\u00a1-\u00ac\u00ae-\u017f]| (?! ))*$/;

/**
 * A display name or number from the network, fit to be shown: control characters and line breaks become spaces, what
 * turns the reading direction or prints nothing is taken out, spaces are collapsed, and it ends at 256 UTF-16 units.
 * HTML stays as it is: windows draw text, not markup. Returns an empty string when nothing is left.
 */
export function harmless(text: string): string {
  if (text.length <= longest && plainName.test(text)) return text.trim();
  // A name may be as long as a message; nothing behind this is ever shown.
  const start = text.slice(0, longest * 16);
  const clean = withoutHidden(start.replace(control, ' ')).replace(towers, '$1').replace(/\s+/gu, ' ').trim();
  return clean.slice(0, longest).replace(loneSurrogate, '').trim();
}

/**
 * A message from the network, fit to be shown in several lines: as {@link harmless}, but line breaks stay, at most two
 * together, and its length is the caller's business.
 */
export function harmlessText(text: string): string {
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/u);
  const clean = lines.map((line) => withoutHidden(line.replace(control, ' ')).replace(towers, '$1').trimEnd());
  return clean
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Takes out what turns the reading direction or prints nothing, and halves of surrogate pairs. */
export function withoutHidden(text: string): string {
  return text.replace(directions, '').replace(invisible, '').replace(loneSurrogate, '');
}

/** Most of what is typed; there is nothing to take out. */
const printableAscii = /^[\u0020-\u007e]*$/;

/** Takes out control characters too: what is left is what a person could have typed on one line. */
export function typable(text: string): string {
  if (printableAscii.test(text)) return text;
  return withoutHidden(text.replace(control, ''));
}
