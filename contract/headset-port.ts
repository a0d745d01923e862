// What the main process and the headset host say to each other. The host holds node-hid and decides nothing.
import * as v from 'valibot';

const id = v.pipe(v.number(), v.integer(), v.minValue(0));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));
const text = v.pipe(v.string(), v.maxLength(1024));
const uint16 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff));
/** HID reports and descriptors are at most 64 KiB on any bus. */
const bytes = v.custom<Uint8Array>((data) => data instanceof Uint8Array && data.length <= 0x1_0000);

/** Main to host. Each gets one `reply` with its id. `handle` is the id of the `open` that made it. */
export const headsetHostRequestSchema = v.variant('type', [
  v.object({ type: v.literal('devices'), id }),
  v.object({ type: v.literal('descriptor'), id, path }),
  v.object({ type: v.literal('open'), id, path }),
  v.object({ type: v.literal('write'), id, handle: id, report: bytes }),
  v.object({ type: v.literal('close'), id, handle: id }),
]);
export type HeadsetHostRequest = v.InferOutput<typeof headsetHostRequestSchema>;

/** A HID device, once per path. */
export const hidDeviceSchema = v.object({
  path,
  vendorId: uint16,
  productId: uint16,
  product: text,
  manufacturer: v.optional(text),
  usagePage: v.optional(uint16),
  usage: v.optional(uint16),
});
export type HidDevice = v.InferOutput<typeof hidDeviceSchema>;

/** Why a request failed, for what a person can do something about. */
export const headsetHostErrorSchema = v.picklist([
  /** The native library is missing or does not load. */
  'library-missing',
  /** The system does not let this user open the device. */
  'not-permitted',
  'failed',
]);
export type HeadsetHostError = v.InferOutput<typeof headsetHostErrorSchema>;

/** Host to main. */
export const headsetHostMessageSchema = v.variant('type', [
  v.object({
    type: v.literal('reply'),
    id,
    result: v.variant('kind', [
      v.object({ kind: v.literal('devices'), devices: v.pipe(v.array(hidDeviceSchema), v.maxLength(4096)) }),
      v.object({ kind: v.literal('descriptor'), descriptor: v.nullable(bytes) }),
      v.object({ kind: v.literal('done') }),
      v.object({ kind: v.literal('error'), code: headsetHostErrorSchema, message: v.string() }),
    ]),
  }),
  /** An input report of an open device. */
  v.object({ type: v.literal('report'), handle: id, report: bytes }),
  /** An open device went away; its handle is worth nothing any more. */
  v.object({ type: v.literal('gone'), handle: id, reason: v.string() }),
  /** Devices may have come or gone. */
  v.object({ type: v.literal('changed') }),
]);
export type HeadsetHostMessage = v.InferOutput<typeof headsetHostMessageSchema>;
