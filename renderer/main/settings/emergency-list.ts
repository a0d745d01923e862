// Emergency numbers as a person types them: "112, 110". Pure.

/** The numbers in this text; null when one of them is no emergency number (2 to 8 digits, at most 20 numbers). */
export function emergencyList(text: string): string[] | null {
  const numbers = text.split(/[\s,;]+/).filter((one) => one !== '');
  return numbers.length <= 20 && numbers.every((one) => /^[0-9*#]{2,8}$/.test(one)) ? [...new Set(numbers)] : null;
}
