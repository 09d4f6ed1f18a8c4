import { isUtf8 } from "node:buffer"

/** A file's text, without a byte order mark; or why there is none, with the line where that is seen first. */
export type DecodedFile =
  | { text: string; problem?: undefined }
  | { text?: undefined; problem: { line: number; message: string } }

const saveAs =
  'In Excel choose "Save As" and the type "CSV UTF-8"; in LibreOffice and Google Sheets the character set UTF-8'

/**
 * Reads a file's bytes as UTF-8, with or without a byte order mark, or as UTF-16, which Excel calls "Unicode text". No
 * other encoding is guessed at: in most of them each byte is some letter, and a wrong guess is a wrong name.
 */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  const other = otherFormats.find(({ magic }) => magic.every((byte, at) => bytes[at] === byte))
  if (other) {
    return refused(1, `this is ${other.name}, not CSV. ${saveAs}`)
  }
  const encoding = encodingOf(bytes)
  const text = new TextDecoder(encoding).decode(bytes)
  if (encoding === "utf-8" && !isUtf8(bytes)) {
    const { line, word } = firstLost(text)
    return refused(
      line,
      `the file is not UTF-8, but in another encoding such as windows-1250, and "${word}" can't be read. ${saveAs}`
    )
  }
  return checkText(text)
}

/** The same of a text that somebody else decoded: what was lost in that is refused. */
export function checkText(text: string): DecodedFile {
  const withoutMark = text.replace(/^\ufeff/, "")
  const nul = withoutMark.indexOf("\0")
  if (nul !== -1) {
    return refused(lineAt(withoutMark, nul), `the file holds a NUL, which no text has. ${saveAs}`)
  }
  if (/[\ufffd\p{Cs}]/u.test(withoutMark)) {
    const { line, word } = firstLost(withoutMark)
    return refused(
      line,
      `letters were lost where the file was saved or read: "${word}". ${saveAs}, and send the file itself`
    )
  }
  return { text: withoutMark }
}

function refused(line: number, message: string): DecodedFile {
  return { problem: { line, message } }
}

/** What people take for a sheet as CSV, by the bytes that it begins with. */
const otherFormats: readonly { magic: readonly number[]; name: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], name: "a workbook (such as .xlsx or .ods) or a ZIP file" },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], name: "an old Excel workbook (.xls)" },
  { magic: [0x25, 0x50, 0x44, 0x46], name: "a PDF" },
  { magic: [0xff, 0xfe, 0x00, 0x00], name: "a text in UTF-32" },
  { magic: [0x00, 0x00, 0xfe, 0xff], name: "a text in UTF-32" },
]

/** How much of a file is looked at for the zeros of UTF-16, in bytes: most letters of its heading are plain ones. */
const looked = 256

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return "utf-16le"
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return "utf-16be"
  }
  // Without a byte order mark: every second byte of plain letters is a zero.
  const head = bytes.subarray(0, looked)
  const zeros = (odd: number) => head.filter((byte, at) => at % 2 === odd && byte === 0).length
  const [even, odd] = [zeros(0), zeros(1)]
  const many = head.length / 8
  if (odd > many && odd > 4 * even) {
    return "utf-16le"
  }
  return even > many && even > 4 * odd ? "utf-16be" : "utf-8"
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split(/\r\n|\n|\r/).length
}

const mostShown = 20

/** Where the first letter was lost, and the letters around it: no digits, because those can be an account's. */
function firstLost(text: string): { line: number; word: string } {
  const index = text.search(/[\ufffd\p{Cs}]/u)
  const before = /[\p{L}\p{M}]*$/u.exec(text.slice(Math.max(0, index - mostShown), index))
  const after = /^[\p{L}\p{M}\ufffd]*/u.exec(text.slice(index + 1, index + mostShown))
  return { line: lineAt(text, index), word: `${before?.[0] ?? ""}\ufffd${after?.[0] ?? ""}` }
}
