// A utility process: doubles what main says, and answers on the port that main hands over.
const port = process.parentPort;

port.on('message', ({ data, ports: [channel] }) => {
  if (channel) answer(channel);
  else port.postMessage({ doubled: data.n * 2, type: process.type, node: process.versions.node.split('.')[0] });
});

function answer(channel) {
  channel.on('message', ({ data: heard }) => {
    const said = { heard, bytes: heard instanceof Uint8Array ? [...heard] : null };
    channel.postMessage(said);
  });
  channel.on('close', () => port.postMessage({ closed: true }));
  channel.start();
}
