// How an account dials: the country of its numbers, what its exchange wants in their place, and a number to try it on.
import { useState, type ReactNode } from 'react';
import * as v from 'valibot';
import { dialRuleSchema, type DialRule } from '../../../contract/index.ts';
import { Button, IconButton, Select, t, TextField, useQuery, type SelectOption } from '../../common/index.ts';
import { errorOf } from './AccountFields.tsx';
import { countries } from './countries.ts';
import type { AccountFormState } from './use-account-form.ts';

const kinds = (): SelectOption<DialRule['does']>[] => [
  { value: 'replace', label: t('setup:account.ruleReplace') },
  { value: 'prefix', label: t('setup:account.rulePrefix') },
  { value: 'strip', label: t('setup:account.ruleStrip') },
];

export function DialFields({ form }: { form: AccountFormState }): ReactNode {
  const { values } = form;
  const [options] = useState(() => [{ value: '', label: t('setup:account.countryNone') }, ...countries()]);
  return (
    <>
      <div>
        <Select
          label={t('setup:account.country')}
          value={values.country}
          options={options}
          onChange={(country) => form.choose({ country })}
        />
        <p className="help">{errorOf(form, 'country') ?? t('setup:account.countryHint')}</p>
      </div>
      <DialRules form={form} />
      <TryNumber form={form} />
    </>
  );
}

function DialRules({ form }: { form: AccountFormState }): ReactNode {
  const rules = form.values.dialRules;
  const problem = errorOf(form, 'dialRules') ?? (rules.every(isWhole) ? null : t('setup:account.ruleWrong'));
  const change = (at: number, rule: DialRule | null): readonly DialRule[] =>
    rule ? rules.with(at, rule) : rules.toSpliced(at, 1);
  return (
    <fieldset className="dial-rules">
      <legend>{t('setup:account.rules')}</legend>
      <p className={problem === null ? 'help' : 'help trouble'} role="status">
        {problem ?? t('setup:account.rulesHint')}
      </p>
      {rules.map((rule, at) => (
        // A rule has nothing but its place: two may say the same.
        // oxlint-disable-next-line react/no-array-index-key
        <div className="dial-rule" role="group" aria-label={t('setup:account.ruleDoes', { number: at + 1 })} key={at}>
          <Select
            label={t('setup:account.ruleDoes', { number: at + 1 })}
            value={rule.does}
            options={kinds()}
            onChange={(does) => form.choose({ dialRules: change(at, ruleOf(does, rule)) })}
          />
          <TextField
            label={t('setup:account.ruleStarts')}
            value={rule.starts}
            placeholder={t('setup:account.ruleStartsAll')}
            inputMode="tel"
            onChange={(starts) => form.type({ dialRules: change(at, { ...rule, starts }) })}
            onBlur={form.leave}
          />
          {rule.does !== 'strip' && (
            <TextField
              label={t('setup:account.ruleDigits')}
              value={rule.digits}
              inputMode="tel"
              onChange={(digits) => form.type({ dialRules: change(at, { ...rule, digits }) })}
              onBlur={form.leave}
            />
          )}
          <IconButton
            label={t('setup:account.ruleRemove', { number: at + 1 })}
            icon="x"
            onClick={() => form.choose({ dialRules: change(at, null) })}
          />
        </div>
      ))}
      <Button
        small
        icon="plus"
        onClick={() => form.type({ dialRules: [...rules, { does: 'replace', starts: '', digits: '' }] })}
      >
        {t('setup:account.ruleAdd')}
      </Button>
    </fieldset>
  );
}

/** As the account would dial with what stands in the form. */
function TryNumber({ form }: { form: AccountFormState }): ReactNode {
  const [number, setNumber] = useState('');
  const { country, dialRules } = form.values;
  const settings = { ...(country === '' ? {} : { country }), dialRules: dialRules.filter(isWhole) };
  const preview = useQuery(number.trim() === '' ? null : { type: 'dial-preview', text: number, settings }).data;
  return (
    <TextField
      label={t('setup:account.tryNumber')}
      value={number}
      inputMode="tel"
      hint={
        preview?.dialable ? (
          <span role="status">
            {t('main:dials')} <b className="num">{preview.shown}</b>
          </span>
        ) : (
          (preview?.why ?? t('setup:account.tryNumberHint'))
        )
      }
      onChange={setNumber}
    />
  );
}

function ruleOf(does: DialRule['does'], rule: DialRule): DialRule {
  const digits = rule.does === 'strip' ? '' : rule.digits;
  return does === 'strip' ? { does, starts: rule.starts } : { does, starts: rule.starts, digits };
}

function isWhole(rule: DialRule): boolean {
  return v.is(dialRuleSchema, rule);
}
