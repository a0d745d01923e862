// A list of callers as people type one.

/** Numbers and addresses between commas or semicolons, each once. */
export function callerList(text: string): string[] {
  const typed = text.split(/[,;\n]/).map((caller) => caller.trim());
  return [...new Set(typed.filter((caller) => caller !== ''))].slice(0, 100);
}
