/** What a keyboard scanner has sent so far, and when its last key came, in milliseconds. */
type KeyRun = { text: string; at: number }

export const noKeys: KeyRun = { text: "", at: 0 }

/**
 * A scanner sends its keys faster than people type, in milliseconds from key to key; a wireless one takes its time.
 * Whoever typed a whole code as fast, and into no field, meant it.
 */
const fastestTypingMs = 200

/**
 * Reads keys of a keyboard scanner, which ends a code with Enter, whatever has the focus.
 *
 * @returns the run with this key, and the code where it is complete
 */
export function readKey(run: KeyRun, key: string, at: number): { run: KeyRun; code?: string } {
  const isFast = at - run.at <= fastestTypingMs
  if (key === "Enter") {
    const code = isFast ? codeIn(run.text) : undefined
    return { run: noKeys, ...(code ? { code } : {}) }
  }
  if (!/^\d$/.test(key)) {
    return { run: key.length === 1 ? noKeys : run } // of Shift and the like nothing is read
  }
  return { run: { text: isFast ? run.text + key : key, at } }
}

/**
 * The code in a text that was scanned or typed: digits, in groups as some people type them. Which of them a wallet
 * shows, the shop's server decides.
 */
export function codeIn(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, "")
  return /^\d{17,24}$/.test(digits) ? digits : undefined
}

/** The text of a code in a picture; undefined where there is none. */
type ReadCode = (video: HTMLVideoElement) => Promise<string | undefined>

/**
 * Reads codes from pictures: by the browser itself where it can, which also reads the bars that wallets show above
 * their QR; else by jsQR, which is loaded only then.
 */
export async function codeReader(): Promise<ReadCode> {
  return (await browsersReader()) ?? (await jsQrReader())
}

/** https://developer.mozilla.org/docs/Web/API/BarcodeDetector; TypeScript's DOM does not have it. */
type BarcodeDetector = { detect(source: CanvasImageSource): Promise<{ rawValue: string }[]> }

type BarcodeDetectorClass = {
  new (options: { formats: string[] }): BarcodeDetector
  getSupportedFormats(): Promise<string[]>
}

declare global {
  interface Window {
    BarcodeDetector?: BarcodeDetectorClass
  }
}

/** Undefined also where the browser has the class and reads no QR with it, as Chromium on Linux. */
async function browsersReader(): Promise<ReadCode | undefined> {
  const formats = (await window.BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? []
  if (!window.BarcodeDetector || !formats.includes("qr_code")) {
    return undefined
  }
  const wanted = ["qr_code", "code_128"].filter((format) => formats.includes(format))
  const detector = new window.BarcodeDetector({ formats: wanted })
  return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue
}

async function jsQrReader(): Promise<ReadCode> {
  const { default: jsQR } = await import("jsqr")
  const canvas = document.createElement("canvas")
  const context = canvas.getContext("2d", { willReadFrequently: true })
  return (video) => {
    const { videoWidth: width, videoHeight: height } = video
    if (!context || width === 0) {
      return Promise.resolve(undefined)
    }
    canvas.width = width
    canvas.height = height
    context.drawImage(video, 0, 0)
    const { data } = context.getImageData(0, 0, width, height)
    return Promise.resolve(jsQR(data, width, height)?.data)
  }
}
