/** The text of a code in a picture; undefined where there is none. */
export type ReadCode = (video: HTMLVideoElement) => Promise<string | undefined>

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
