// For tests: a SIP server on a UDP port of loopback that does what the test says, and the room in front of it.
import { createSocket, type Socket } from 'node:dgram';
import type { Clock, Logger, RegistrationState, TraceEntry } from '../../../contract/index.ts';
import { realClock } from '../net/testing.ts';
import { createSip } from '../sip.ts';
import type { IncomingSession, ReferRequest, SessionEnd, SessionListener, Sip, SipAccount } from '../types.ts';
import {
  createRequest,
  createResponse,
  parseMessage,
  randomBranch,
  serialize,
  tagOf,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../wire/index.ts';

export const sdp =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n';

type Headers = [string, string][];

interface Answer {
  headers?: Headers;
  sdp?: string;
  /** '': none, as RFC 2543 had it. */
  toTag?: string;
}

export interface ScriptedServer {
  readonly port: number;
  /** How REGISTER is answered; 200 with 60 s unless told. */
  onRegister(answer: (request: SipRequest, count: number) => { status: number } & Answer): void;
  /** The next request of this method, past (not taken yet) or coming. */
  request(method: string): Promise<SipRequest>;
  /** The next response with this status or, for `final`, any from 200. */
  response(status: number | 'final'): Promise<SipResponse>;
  /** Requests of this method that nobody took, after everything on the way has arrived. */
  untaken(method: string): number;
  reply(request: SipRequest, status: number, answer?: Answer): void;
  /** Sends a request to the phone, to its registered Contact unless `uri` says otherwise. */
  send(method: string, options?: { uri?: string; headers?: Headers; sdp?: string; body?: string }): SipRequest;
  /** Sends bytes as they are. */
  sendRaw(bytes: Buffer): void;
  /** Where the phone is reached, from its REGISTER. */
  readonly contact: string;
  /** 481 to what was not answered yet and to all that comes, so that a phone that leaves need not wait for anything. */
  knowNothing(): void;
  close(): void;
}

/** Waits for messages without polling. */
class Inbox<T> {
  private readonly items: T[] = [];
  private readonly waiting: { wanted: (item: T) => boolean; take: (item: T) => void }[] = [];

  put(item: T): void {
    const index = this.waiting.findIndex(({ wanted }) => wanted(item));
    if (index < 0) this.items.push(item);
    else for (const { take } of this.waiting.splice(index, 1)) take(item);
  }

  next(what: string, wanted: (item: T) => boolean): Promise<T> {
    const index = this.items.findIndex(wanted);
    for (const item of index < 0 ? [] : this.items.splice(index, 1)) return Promise.resolve(item);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${what} within 5 s`)), 5000);
      const take = (item: T): void => {
        clearTimeout(timer);
        resolve(item);
      };
      this.waiting.push({ wanted, take });
    });
  }

  count(wanted: (item: T) => boolean): number {
    return this.items.filter(wanted).length;
  }
}

/** Opens the server. */
export async function startServer(): Promise<ScriptedServer> {
  const socket: Socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  const requests = new Inbox<SipRequest>();
  const responses = new Inbox<SipResponse>();
  let phone = { address: '127.0.0.1', port: 0 };
  let contact = '';
  let registers = 0;
  let register: (request: SipRequest, count: number) => { status: number } & Answer = () => ({ status: 200 });
  let serial = 0;
  let ignorant = false;
  /** Requests without a final response, by the branch of their transaction. */
  const open = new Map<string, SipRequest>();

  const post = (message: SipMessage): void => socket.send(serialize(message), phone.port, phone.address);
  const reply = (request: SipRequest, status: number, answer: Answer = {}): void => {
    const response = createResponse(status, { headers: answer.headers ?? [], body: answer.sdp ?? '' });
    if (answer.sdp !== undefined) response.headers.set('Content-Type', 'application/sdp');
    for (const name of ['Via', 'From', 'Call-ID', 'CSeq']) {
      response.headers.set(name, [...request.headers.all(name)]);
    }
    const to = request.headers.get('To') ?? '';
    const tagged = tagOf(to) !== undefined || status === 100 || answer.toTag === '';
    response.headers.set('To', tagged ? to : `${to};tag=${answer.toTag ?? 'server'}`);
    if (status >= 200) open.delete(transactionOf(request));
    post(response);
  };
  const knowNothing = (): void => {
    ignorant = true;
    for (const request of open.values()) reply(request, 481);
  };
  socket.on('message', (bytes, from) => {
    if (bytes.length <= 4) return;
    phone = from;
    const message = parseMessage(bytes);
    if (message.kind === 'response') responses.put(message);
    if (message.kind !== 'request') return;
    if (message.method !== 'REGISTER') {
      if (message.method !== 'ACK') open.set(transactionOf(message), message);
      if (ignorant) knowNothing();
      requests.put(message);
      return;
    }
    registers += 1;
    contact = /<([^>]+)>/.exec(message.headers.get('Contact') ?? '')?.[1] ?? '';
    const { status, ...answer } = register(message, registers);
    const granted: Headers = status === 200 ? [['Contact', `<${contact}>;expires=60`]] : [];
    reply(message, status, { ...answer, headers: answer.headers ?? granted });
    requests.put(message);
  });

  return {
    port,
    get contact() {
      return contact;
    },
    onRegister(answer) {
      register = answer;
    },
    request: (method) => requests.next(method, (one) => one.method === method),
    response: (status) =>
      responses.next(String(status), (one) => (status === 'final' ? one.status >= 200 : one.status === status)),
    untaken: (method) => requests.count((one) => one.method === method),
    reply,
    send(method, options = {}) {
      serial += 1;
      const request = createRequest(
        method,
        options.uri ?? contact,
        [
          ['Via', `SIP/2.0/UDP 127.0.0.1:${port};branch=${randomBranch()};rport`],
          ['Max-Forwards', '70'],
          ...withDefaults(options.headers ?? [], [
            ['From', '"Bob" <sip:bob@example.com>;tag=bob'],
            ['To', '<sip:alice@example.com>'],
            ['Call-ID', `call-${port}-${serial}`],
            ['CSeq', `${serial} ${method}`],
            ['Contact', `<sip:bob@127.0.0.1:${port}>`],
          ]),
          ...(options.sdp === undefined ? [] : ([['Content-Type', 'application/sdp']] satisfies Headers)),
        ],
        options.sdp ?? options.body ?? '',
      );
      post(request);
      return request;
    },
    sendRaw: (bytes) => socket.send(bytes, phone.port, phone.address),
    knowNothing,
    close: () => socket.close(),
  };
}

function transactionOf(request: SipRequest): string {
  return `${request.method} ${request.headers.get('Via') ?? ''}`;
}

function withDefaults(given: Headers, defaults: Headers): Headers {
  const names = new Set(given.map(([name]) => name));
  return [...given, ...defaults.filter(([name]) => !names.has(name))];
}

export interface Room {
  sip: Sip;
  account: SipAccount;
  /** States in order. */
  states: RegistrationState[];
  incoming(): Promise<IncomingSession>;
  state(name: RegistrationState['name']): Promise<RegistrationState>;
  trace: TraceEntry[];
  /** Lines that the room logged as warnings or errors. */
  complaints: string[];
  /** The next line of this text that the room logged as information. */
  logged(text: string): Promise<string>;
}

/** A SIP room with one account, alice@example.com, on this server. */
export function openRoom(
  server: { port: number },
  options: { password?: string | null; clock?: Clock; account?: Partial<SipAccount> } = {},
): Room {
  const states = new Inbox<RegistrationState>();
  const sessions = new Inbox<IncomingSession>();
  const complaints: string[] = [];
  const lines = new Inbox<string>();
  const log: Logger = {
    debug: () => {},
    info: (message) => lines.put(message),
    warn: (message, details) => complaints.push(`${message} ${JSON.stringify(details)}`),
    error: (message, details) => complaints.push(`${message} ${JSON.stringify(details)}`),
    child: () => log,
  };
  const room: Room = {
    states: [],
    trace: [],
    complaints,
    logged: (text) => lines.next(`log line "${text}"`, (line) => line === text),
    account: {
      id: 'alice',
      displayName: 'Alice',
      user: 'alice',
      domain: 'example.com',
      server: `127.0.0.1:${server.port}`,
      transport: 'udp',
      expires: 60,
      ...options.account,
    },
    incoming: () => sessions.next('incoming call', () => true),
    state: (name) => states.next(`registration ${name}`, (state) => state.name === name),
    sip: createSip({
      log,
      trace: { record: (entry) => room.trace.push(entry) },
      clock: options.clock ?? realClock,
      userAgent: 'Hookswitch/test',
      instanceId: '00000000-0000-4000-8000-000000000001',
      password: () => Promise.resolve(options.password === undefined ? 'secret' : options.password),
    }),
  };
  room.sip.listen({
    registration: (_id, state) => {
      room.states.push(state);
      states.put(state);
    },
    incoming: (session) => sessions.put(session),
  });
  room.sip.setAccount(room.account);
  return room;
}

/** A listener that remembers, and can be waited on. */
export function remember(reoffered: SessionListener['reoffered'] = () => Promise.resolve(sdp)): SessionListener & {
  readonly log: string[];
  /** Descriptions in the order that they were told. */
  readonly described: string[];
  end(): Promise<SessionEnd>;
  event(text: string): Promise<string>;
  refer(): Promise<ReferRequest>;
} {
  const ends = new Inbox<SessionEnd>();
  const refers = new Inbox<ReferRequest>();
  const described: string[] = [];
  const events = new Inbox<string>();
  const log: string[] = [];
  const say = (text: string): void => {
    log.push(text);
    events.put(text);
  };
  return {
    log,
    described,
    reoffered,
    progress(status, body) {
      if (body !== null) described.push(body);
      say(`progress ${status}${body === null ? '' : ' with sdp'}`);
    },
    accepted(body) {
      if (body !== null) described.push(body);
      say(`accepted${body === null ? '' : ' with sdp'}`);
    },
    answered(body) {
      described.push(body);
      say('answered');
    },
    identified: ({ uri }) => say(`identified ${uri}`),
    referRequested: (request) => refers.put(request),
    message(type, body) {
      say(`message ${type} ${body}`);
      return true;
    },
    refer: () => refers.next('REFER', () => true),
    digit: (digit) => say(`digit ${digit}`),
    ended(end) {
      say(`ended ${end.result}`);
      ends.put(end);
    },
    end: () => ends.next('end of the call', () => true),
    event: (text) => events.next(text, (one) => one === text),
  };
}
