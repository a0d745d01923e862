// QualityMeter: bars and a word for how well the call is heard; the figures open from it.
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { Call } from '../../../contract/index.ts';
import { t } from '../../common/index.ts';
import { nameOf } from './call-look.ts';
import { useOpenRecord } from './record/open-record.ts';
import { qualityBars, qualityDetails, shownQuality } from './quality-words.ts';
import './quality-meter.css';
import '../../common/menu.css';

export function QualityMeter({ call }: { call: Call }): ReactNode {
  const shown = shownQuality(call);
  const openRecord = useOpenRecord();
  if (!shown) return null;
  const { word, quality } = shown;
  const words = t(`calls:quality.${word}`);
  const bars = (
    <>
      <span className="bars" aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <i key={bar} className={bar <= qualityBars[word] ? 'on' : undefined} />
        ))}
      </span>
      {words}
    </>
  );
  if (!quality) return <span className={`quality-meter ${word}`}>{bars}</span>;
  return (
    <DialogTrigger>
      <Button className={`quality-meter ${word}`} aria-label={t('calls:quality.button', { word: words })}>
        {bars}
      </Button>
      <Popover className="menu" placement="top end" offset={6}>
        <Dialog className="quality-details" aria-label={t('calls:quality.title')}>
          <dl>
            {qualityDetails(quality).map(({ name, value }) => (
              <Detail key={name} name={name} value={value} />
            ))}
          </dl>
          {openRecord && (
            <Button slot="close" className="button small" onPress={() => openRecord(call.id, nameOf(call))}>
              {t('diagnostics:record.open')}
            </Button>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Detail({ name, value }: { name: string; value: string }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd className="num">{value}</dd>
    </>
  );
}
