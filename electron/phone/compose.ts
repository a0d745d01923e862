// The phone's state, put together of what its rooms say now.
import { chooseLanguage, type Diagnosis, type PhoneState } from '../../contract/index.ts';
import { activeCallId } from './active-call.ts';
import type { Equipment } from './equipment.ts';
import { offlineNotices } from './notices.ts';
import type { PhoneRooms } from './rooms.ts';

export function compose(
  rooms: PhoneRooms,
  equipment: Equipment,
  diagnosis: Diagnosis | null,
  revision: number,
): PhoneState {
  const { settings, vault, engine, version, systemLanguages } = rooms.parts;
  const accounts = rooms.accounts.states;
  const calls = rooms.calls.views;
  return {
    revision,
    accounts,
    calls,
    activeCallId: activeCallId(calls),
    doNotDisturbUntil: rooms.doNotDisturb.until,
    missedCalls: rooms.records.missedCalls,
    parked: rooms.parking.parked,
    callBacks: rooms.callBacks.states,
    unreadMessages: rooms.texts.unread,
    messagesRevision: rooms.texts.revision,
    directoryRevision: rooms.records.directoryRevision,
    historyRevision: rooms.records.historyRevision,
    peopleImport: rooms.peopleImport.state,
    voicemail: rooms.voicemail.states,
    lamps: rooms.lamps.states,
    servers: rooms.servers.states,
    ...equipment.state,
    preferences: settings.preferences,
    ...chooseLanguage(settings.preferences.language ?? 'system', systemLanguages),
    dialRequest: rooms.dialRequests.waiting,
    notices: [...offlineNotices(accounts), ...rooms.notices.said],
    diagnosis,
    practice: rooms.practice.running,
    secretsProtected: vault.protected,
    ready: true,
    engine,
    version,
  };
}
