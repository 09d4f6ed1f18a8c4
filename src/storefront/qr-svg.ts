import qrcode from "qrcode-generator"

/**
 * A QR code as an SVG that scales to the space it is given, to be put into the page as it is.
 *
 * @param value what the wallet's camera is to read, such as `weixin://wxpay/...`; any text, as UTF-8
 * @param label read aloud to those who can't see it
 * @throws Error when the value is longer than a QR code can hold (about 2,300 bytes)
 */
export function qrSvg(value: string, label = "QR code to pay with"): string {
  // 0: as large as it has to be. M: read even when a seventh of it is dirty.
  const code = qrcode(0, "M")
  code.addData(bytesOf(value), "Byte")
  code.make()
  const svg = code.createSvgTag({ cellSize: 1, margin: 4, scalable: true })
  return svg.replace("<svg ", `<svg role="img" aria-label="${attribute(label)}" `)
}

/** A character for each byte of UTF-8, because the library writes the lower eight bits of each character. */
function bytesOf(value: string): string {
  return Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join("")
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")
}
