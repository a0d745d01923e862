// Keeps React Aria from adding a <style> element, which our content policy refuses and would report.
// Its usePress looks for this id first; the one rule it wants stands in base.css.

/** Call before the first render. */
export function claimStyleIds(document: Document): void {
  const id = 'react-aria-pressable-style';
  if (document.getElementById(id)) return;
  const claim = document.createElement('meta');
  claim.id = id;
  document.head.append(claim);
}
