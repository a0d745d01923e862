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

const uint32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));
const int32 = v.pipe(v.number(), v.integer(), v.minValue(-0x8000_0000), v.maxValue(0xffff_ffff));
const uint8 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));

/** WebHID's HIDReportItem, the part that is used. */
const hidReportItemSchema = v.object({
  isAbsolute: v.boolean(),
  isArray: v.boolean(),
  isConstant: v.boolean(),
  isRange: v.boolean(),
  hasNull: v.boolean(),
  hasPreferredState: v.boolean(),
  /** With their page in the upper 16 bits. */
  usages: v.optional(v.pipe(v.array(uint32), v.maxLength(4096)), []),
  usageMinimum: v.optional(uint32, 0),
  usageMaximum: v.optional(uint32, 0),
  /** Bits. */
  reportSize: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(256)),
  reportCount: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(12_288)),
  logicalMinimum: int32,
  logicalMaximum: int32,
});
export type HidReportItem = v.InferOutput<typeof hidReportItemSchema>;

const hidReportsSchema = v.pipe(
  v.array(v.object({ reportId: uint8, items: v.pipe(v.array(hidReportItemSchema), v.maxLength(1024)) })),
  v.maxLength(256),
);

/** WebHID's HIDCollectionInfo of a top-level collection; nested ones are not read. */
const hidCollectionSchema = v.object({
  usagePage: uint16,
  usage: uint16,
  inputReports: hidReportsSchema,
  outputReports: hidReportsSchema,
  featureReports: hidReportsSchema,
});
export type HidCollection = v.InferOutput<typeof hidCollectionSchema>;

/** Media window to main: the HID devices as the browser sees them; sent whole whenever one comes or goes. */
export const offeredHidDevicesSchema = v.object({
  type: v.literal('hid-devices'),
  devices: v.pipe(
    v.array(
      v.object({
        vendorId: uint16,
        productId: uint16,
        product: text,
        collections: v.pipe(v.array(hidCollectionSchema), v.maxLength(64)),
      }),
    ),
    v.maxLength(256),
  ),
});
export type OfferedHidDevice = v.InferOutput<typeof offeredHidDevicesSchema>['devices'][number];
