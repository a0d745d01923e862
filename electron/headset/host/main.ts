// The headset host: a small process that holds node-hid, whose native part may crash; it restarts alone.
import { descriptorReader } from './descriptors.ts';
import { createNodeHid, type NodeHidModule } from './node-hid.ts';
import { parentPort } from './parent-port.ts';
import { serve } from './serve.ts';

async function load(): Promise<NodeHidModule> {
  const module = await import('node-hid');
  // A CommonJS module arrives under `default` in Node and as itself from the bundle.
  return 'default' in module ? module.default : module;
}

const { platform } = process;
serve(parentPort(), createNodeHid({ platform, load, readDescriptor: descriptorReader(platform) }));
