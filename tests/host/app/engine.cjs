// A utility process: doubles what main says, and answers on the port that main hands over.
process.parentPort.on('message', ({ data, ports: [port] }) => {
  if (!port) {
    process.parentPort.postMessage({
      doubled: data.n * 2,
      type: process.type,
      node: process.versions.node.split('.')[0],
    });
    return;
  }
  port.on('message', ({ data: heard }) =>
    port.postMessage({ heard, bytes: heard instanceof Uint8Array ? [...heard] : null }),
  );
  port.on('close', () => process.parentPort.postMessage({ closed: true }));
  port.start();
});
