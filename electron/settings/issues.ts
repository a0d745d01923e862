// What a schema objects to, in a sentence, with the field named as an administrator would: `accounts[1].address`.
import * as v from 'valibot';

export interface Complaint {
  /** `accounts[1].address`; empty for the whole. */
  field: string;
  sentence: string;
}

/** One complaint for each issue, in the order of the file. */
export function complaints(issues: readonly v.BaseIssue<unknown>[]): Complaint[] {
  return issues.map((issue) => ({ field: fieldOf(issue), sentence: sentenceOf(issue) }));
}

function fieldOf(issue: v.BaseIssue<unknown>): string {
  let field = '';
  for (const { key } of issue.path ?? []) {
    if (typeof key === 'number') field += `[${key}]`;
    else field += field === '' ? String(key) : `.${String(key)}`;
  }
  return field;
}

const kinds: Record<string, string> = {
  string: 'a text in quotes',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  strict_object: 'an object in { }',
  object: 'an object in { }',
};

function sentenceOf(issue: v.BaseIssue<unknown>): string {
  const { type, requirement } = issue;
  if (issue.expected === 'never') return 'Hookswitch knows no such field. Check its spelling.';
  if (issue.received === 'undefined') return 'This field is missing.';
  switch (type) {
    case 'variant':
    case 'picklist':
      return `This is one of ${(issue.expected ?? '').replace(/[()"]/g, '').split(' | ').join(', ')}.`;
    case 'literal':
      return `This is ${issue.expected ?? ''}.`;
    case 'min_value':
      return `This is at least ${String(requirement)}.`;
    case 'max_value':
      return `This is at most ${String(requirement)}.`;
    case 'integer':
      return 'This is a whole number.';
    case 'min_length':
      // The schema's own sentence where it has one: "A person needs a name."
      return issue.message.startsWith('Invalid') ? 'This cannot be empty.' : issue.message;
    case 'max_length':
      return `This is too long: at most ${String(requirement)} characters.`;
    default:
      return kinds[type] === undefined ? ownWords(issue) : `This is ${kinds[type]}.`;
  }
}

/** The schema's own sentence, where the contract has one. */
function ownWords(issue: v.BaseIssue<unknown>): string {
  return issue.message.startsWith('Invalid ') ? 'This is not in the form it should have.' : issue.message;
}
