import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import qrcode from "qrcode-generator"

const SIDE = 480
const WHITE = 235
const BLACK = 16
const GREY = 128

/**
 * A video for Chromium's fake camera in which a phone shows a QR: one picture, in the format Y4M.
 *
 * @returns the file, to be given with `--use-file-for-fake-video-capture`
 */
export function videoOfQr(text: string): string {
  const qr = qrcode(0, "M")
  qr.addData(text)
  qr.make()
  const modules = qr.getModuleCount() + 8 // with the quiet zone
  const pixels = Math.floor(SIDE / modules)
  const isDark = (x: number, y: number) => {
    const [column, row] = [Math.floor(x / pixels) - 4, Math.floor(y / pixels) - 4]
    const last = qr.getModuleCount() - 1
    return column >= 0 && row >= 0 && column <= last && row <= last && qr.isDark(row, column)
  }
  const light = Buffer.alloc(SIDE * SIDE)
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) light[y * SIDE + x] = isDark(x, y) ? BLACK : WHITE
  }
  const colours = Buffer.alloc((SIDE * SIDE) / 2, GREY)
  const header = `YUV4MPEG2 W${SIDE} H${SIDE} F10:1 Ip A1:1 C420\nFRAME\n`
  const file = join(mkdtempSync(join(tmpdir(), "camera-")), "qr.y4m")
  writeFileSync(file, Buffer.concat([Buffer.from(header), light, colours]))
  return file
}
