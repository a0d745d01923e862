// Where a response goes (RFC 3261 18.2.2, RFC 3581 4): back on the connection; else to received and rport, or to sent-by.
import type { TransportName } from '../../../contract/index.ts';
import { defaultPort, TransportError, type Flow, type Net } from '../net/index.ts';
import type { Via } from '../wire/index.ts';

/** The flow for responses to a request that came on `flow` with this top Via (stamped). */
export async function responseFlow(net: Net, flow: Flow, via: Via): Promise<Flow> {
  if (flow.reliable) return flow.open ? flow : reopen(net, flow, via);
  const maddr = via.params.get('maddr');
  const rport = Number(via.params.get('rport'));
  const address = maddr ?? via.params.get('received') ?? via.host;
  const port = maddr === undefined && rport > 0 ? rport : (via.port ?? defaultPort('udp'));
  if (address === flow.remote.address && port === flow.remote.port && flow.open) return flow;
  return net.datagrams(flow, { address, port });
}

/** True when the answer is simply the flow itself, as nearly always; saves a turn of the loop. */
export function answersOn(flow: Flow, via: Via): boolean {
  if (flow.reliable) return flow.open;
  return flow.open && via.params.get('rport') === String(flow.remote.port) && !via.params.has('maddr');
}

async function reopen(net: Net, flow: Flow, via: Via): Promise<Flow> {
  if (flow.transport === 'ws' || flow.transport === 'wss') throw new TransportError('closed', `${flow.id} is closed`);
  const transport: TransportName = flow.transport;
  const host = via.params.get('received') ?? via.host;
  return net.open({ transport, host, port: via.port ?? defaultPort(transport), domain: via.host });
}
