// The support bundle: what is collected for those who help, shown before it is written.

/** What a file of the bundle is about; the window has a sentence for each. */
export type BundleTopic =
  'about' | 'versions' | 'settings' | 'state' | 'devices' | 'database' | 'sip' | 'headset' | 'log';

export interface BundleEntry {
  /** In the zip file: `log/hookswitch.log`. */
  name: string;
  topic: BundleTopic;
  /** Bytes. */
  size: number;
}
