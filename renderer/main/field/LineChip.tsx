// LineChip: which account the call goes out from, and whether the other side sees who calls.
import { memo, type ReactNode } from 'react';
import { Icon, MenuButton, t, usePhone } from '../../common/index.ts';
import { defaultAccount } from '../title/account-words.ts';
import { useFieldMode } from './dial-field-context.tsx';

export interface LineChipProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export const LineChip = memo(function LineChip({ isOpen, onOpenChange }: LineChipProps): ReactNode {
  const field = useFieldMode();
  const accounts = usePhone((state) => state.accounts);
  const standard = usePhone(defaultAccount);
  const usable = accounts.filter(({ config }) => config.enabled);
  const chosen = usable.find(({ config }) => config.id === field.accountId) ?? standard;
  if (!chosen) return null;
  return (
    <MenuButton
      className="chip line-chip"
      label={`${t('main:callFrom')} ${chosen.config.label}`}
      menuLabel={t('main:callFrom')}
      placement="bottom end"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      parts={[
        {
          label: t('main:callFrom'),
          entries: (usable.length < 2 ? [] : usable).map(({ config }) => ({
            id: config.id,
            label: config.label,
            note: config.address,
            checked: config.id === chosen.config.id,
            onAction: () => field.setAccountId(config.id),
          })),
        },
        {
          entries: [
            {
              id: 'anonymous',
              label: t('main:hideNumber'),
              checked: field.isAnonymous,
              onAction: () => field.setAnonymous(!field.isAnonymous),
            },
          ],
        },
      ]}
    >
      {field.isAnonymous && <Icon name="eye" size={12} />}
      <span className="cut">{field.isAnonymous ? t('main:numberHidden') : chosen.config.label}</span>
      <Icon name="chevron-down" size={12} />
    </MenuButton>
  );
});
