import { crc32, deflateSync, inflateSync } from "node:zlib"

type Pixels = {
  width: number
  height: number
  /** Three bytes each: red, green, blue. */ rgb: Buffer
}

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1")
const MOST_COLORS = 256

/**
 * A picture of a page with 256 of its colors, others as the nearest of them: half its size, and looks the same, for a
 * page has few colors.
 *
 * @param png as Chromium writes it: 8 bits of red, green and blue, not interlaced
 */
export function withPalette(png: Buffer): Buffer {
  const { width, height, rgb } = readPng(png)
  const { palette, indexes } = indexed(rgb)
  const lines = Buffer.alloc(height * (width + 1)) // each begins with its filter: none
  for (let y = 0; y < height; y++) {
    indexes.copy(lines, y * (width + 1) + 1, y * width, (y + 1) * width)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8) // 8 bits, by a palette
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ])
}

function readPng(png: Buffer): Pixels {
  const chunks = chunksOf(png)
  const head = chunks.find(({ type }) => type === "IHDR")?.data
  if (head?.[8] !== 8 || head[9] !== 2 || head[12] !== 0) {
    throw new Error("This is no PNG of 8 bits of red, green and blue")
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const data = chunks.flatMap(({ type, data }) => (type === "IDAT" ? [data] : []))
  return { width, height, rgb: unfiltered(inflateSync(Buffer.concat(data)), width * 3, height) }
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks = []
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.toString("latin1", at + 4, at + 8)
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

/** Each line says how it is told from the pixel before and the line above; the PNG specification, 9.2. */
function unfiltered(lines: Buffer, width: number, height: number): Buffer {
  const rgb = Buffer.alloc(width * height)
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (width + 1)]
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const left = x < 3 ? 0 : rgb[at - 3]!
      const above = y === 0 ? 0 : rgb[at - width]!
      const corner = x < 3 || y === 0 ? 0 : rgb[at - width - 3]!
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0]!
      rgb[at] = lines[y * (width + 1) + 1 + x]! + guess
    }
  }
  return rgb
}

function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((one) =>
    Math.abs(left + above - corner - one)
  ) as [number, number, number]
  return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner
}

function indexed(rgb: Buffer): { palette: Buffer; indexes: Buffer } {
  const counts = new Map<number, number>()
  for (let at = 0; at < rgb.length; at += 3) {
    const color = rgb.readUIntBE(at, 3)
    counts.set(color, (counts.get(color) ?? 0) + 1)
  }
  const { kept, places } = chosen(counts)
  const palette = Buffer.alloc(kept.length * 3)
  kept.forEach((color, nth) => palette.writeUIntBE(color, nth * 3, 3))
  const indexes = Buffer.alloc(rgb.length / 3)
  for (let at = 0; at < indexes.length; at++) {
    indexes[at] = places.get(rgb.readUIntBE(at * 3, 3)) ?? 0
  }
  return { palette, indexes }
}

/**
 * One color after the other, each time the one that is furthest from those that there are, for as many pixels as have
 * it: the grays of letters as much as a small sign's green.
 *
 * @returns those, and the place of the nearest of them for each color
 */
function chosen(counts: ReadonlyMap<number, number>): {
  kept: number[]
  places: Map<number, number>
} {
  const colors = [...counts].map(([color, count]) => ({ color, count, place: 0, apart: Infinity }))
  const kept: number[] = []
  while (kept.length < Math.min(MOST_COLORS, colors.length)) {
    const next = colors.reduce((a, b) => (b.apart * b.count > a.apart * a.count ? b : a))
    for (const one of colors) {
      const apart = distance(one.color, next.color)
      if (apart < one.apart) {
        one.place = kept.length
        one.apart = apart
      }
    }
    kept.push(next.color)
  }
  return { kept, places: new Map(colors.map(({ color, place }) => [color, place])) }
}

function distance(one: number, other: number): number {
  return [16, 8, 0].reduce(
    (sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2,
    0
  )
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
