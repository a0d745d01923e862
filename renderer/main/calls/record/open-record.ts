// The way from a call to its record, for what stands deep inside a call's card.
import { createContext, useContext } from 'react';

export type OpenRecord = (callId: string, who: string) => void;

/** Null where there is no place for it. */
export const OpenRecordContext = createContext<OpenRecord | null>(null);

export function useOpenRecord(): OpenRecord | null {
  return useContext(OpenRecordContext);
}
