// Well-formed report descriptors of any shape (HID 1.11 section 6.2.2), for comparing readings of them. fast-check.
import fc from 'fast-check';

/** A short item with just as much data as the value needs. */
function item(tag: number, value: number): number[] {
  const bytes = value === 0 ? 1 : value >= -0x80 && value <= 0xff ? 1 : value >= -0x8000 && value <= 0xffff ? 2 : 4;
  const code = bytes === 4 ? 3 : bytes;
  return [tag | code, ...Array.from({ length: bytes }, (_, index) => (value >> (8 * index)) & 0xff)];
}

const usagePage = (page: number) => item(0x04, page);
const logical = (minimum: number, maximum: number) => [...item(0x14, minimum), 0x27, ...little(maximum)];
const reportSize = (bits: number) => item(0x74, bits);
const reportCount = (count: number) => item(0x94, count);
const little = (value: number) => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);

/** Vendor pages: the Linux kernel prints their usages as numbers. */
const page = fc.integer({ min: 0xff00, max: 0xff7f });
const usageId = fc.integer({ min: 1, max: 0x7fff });

const usages = fc.oneof(
  fc.array(usageId, { maxLength: 6 }).map((ids) => ids.flatMap((id) => item(0x08, id))),
  fc
    .tuple(usageId, fc.integer({ min: 0, max: 12 }))
    .map(([first, more]) => [...item(0x18, first), ...item(0x28, first + more)]),
  // With its own page.
  fc.tuple(page, usageId).map(([own, id]) => [0x0b, ...little(own * 0x1_0000 + id)]),
  fc.constant([]), // Padding.
);

const range = fc.constantFrom<[number, number]>([0, 1], [-1, 1], [0, 255], [-127, 127], [0, 0x7fff], [1, 12]);
const mainTag = fc.constantFrom(0x80, 0x90, 0xb0);
/** Constant, Variable, Relative, No Preferred State, Null State; any together. */
const flags = fc.integer({ min: 0, max: 0x7f }).map((bits) => bits & 0x67);

const mainItem = fc
  .tuple(
    range,
    fc.integer({ min: 1, max: 16 }),
    fc.integer({ min: 1, max: 8 }),
    usages,
    fc.option(page),
    mainTag,
    flags,
  )
  .map(([[minimum, maximum], size, count, named, latePage, tag, bits]) => [
    ...logical(minimum, maximum),
    ...reportSize(size),
    ...reportCount(count),
    ...named,
    // A page that comes after the usages it binds.
    ...(latePage === null ? [] : usagePage(latePage)),
    ...item(tag, bits),
  ]);

/** Push, changes that Pop takes back, Pop. */
const pushed = fc.tuple(page, mainItem).map(([inner, main]) => [0xa4, ...usagePage(inner), ...main, 0xb4]);

const body = fc.array(fc.oneof({ weight: 3, arbitrary: mainItem }, pushed), { minLength: 1, maxLength: 5 });
const collection = (kind: number, usage: number, inside: readonly number[]) => [
  ...item(0x08, usage),
  ...item(0xa0, kind),
  ...inside,
  0xc0,
];

/** Reports of one application: its own items, and a collection in it, which may be an application again. */
const application = fc
  .tuple(page, usageId, body, fc.constantFrom(0, 1, 2), body)
  .map(([own, usage, outer, kind, inner]) => [
    ...usagePage(own),
    ...collection(1, usage, [...outer.flat(), ...collection(kind, usage, inner.flat())]),
  ]);

/** Bytes of a well-formed descriptor: one application without report ids, or up to four with one each. */
export const anyDescriptor: fc.Arbitrary<Uint8Array> = fc
  .oneof(
    application,
    fc
      .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 255 }), application), {
        minLength: 1,
        maxLength: 4,
        selector: ([id]) => id,
      })
      .map((reports) => reports.flatMap(([id, bytes]) => [...item(0x84, id), ...bytes])),
  )
  .map((bytes) => Uint8Array.from(bytes));
