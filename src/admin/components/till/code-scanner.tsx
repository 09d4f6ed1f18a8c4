import { Button, Input, Label, Text } from "@medusajs/ui"
import { Form } from "../form-fields"
import { useEffect, useRef, useState } from "react"
import { codeIn, codeReader, noKeys, readKey } from "../../lib/scanned-code"
import { useWords } from "../../lib/words"
import { SubtleText } from "../text"

/**
 * Takes the shopper's code by a keyboard scanner, wherever the focus is, by the camera, or typed. Each code is given
 * once, and kept nowhere.
 */
export function CodeScanner({ scanned }: { scanned: (code: string) => void }) {
  const { t } = useWords()
  const [usesCamera, setUsesCamera] = useState(false)
  const [isWrong, setWrong] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  const take = (text: string) => {
    const code = codeIn(text)
    setWrong(code === undefined)
    if (code !== undefined) {
      setUsesCamera(false)
      if (input.current) {
        input.current.value = ""
      }
      scanned(code)
    }
  }
  useKeyboardScanner(take)

  return (
    <div className="flex flex-col gap-y-3">
      {usesCamera ? (
        <CameraView found={take} close={() => setUsesCamera(false)} />
      ) : (
        <Button className="h-16 w-full text-lg" onClick={() => setUsesCamera(true)}>
          {t("till.scanByCamera")}
        </Button>
      )}
      <SubtleText>{t("till.scanByScanner")}</SubtleText>
      <Form className="flex flex-col gap-y-1" onSubmit={() => take(input.current?.value ?? "")}>
        <Label size="small" htmlFor="till-code">
          {t("till.typedCode")}
        </Label>
        <div className="flex gap-x-2">
          <Input
            id="till-code"
            ref={input}
            inputMode="numeric"
            autoComplete="off"
            aria-invalid={isWrong}
            aria-describedby="till-code-wrong"
            className="w-full"
          />
          <Button type="submit" variant="secondary">
            {t("till.takeCode")}
          </Button>
        </div>
        <Text id="till-code-wrong" size="small" className="text-ui-fg-error" role="alert">
          {isWrong ? t("till.noCode") : ""}
        </Text>
      </Form>
    </div>
  )
}

/** Keys that go into a field are left to it: its own Enter takes them. */
function useKeyboardScanner(scanned: (code: string) => void): void {
  const taken = useRef(scanned)
  useEffect(() => {
    taken.current = scanned
  })
  useEffect(() => {
    let run = noKeys
    const listen = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement) {
        return
      }
      const read = readKey(run, event.key, event.timeStamp)
      run = read.run
      if (read.code !== undefined) {
        event.preventDefault() // Enter would press the button that has the focus
        taken.current(read.code)
      }
    }
    window.addEventListener("keydown", listen, { capture: true })
    return () => window.removeEventListener("keydown", listen, { capture: true })
  }, [])
}

/** Between two looks at the picture, in milliseconds. */
const lookEveryMs = 200

/** What the camera sees, until it sees a code. Where there is none, or it may not be used, it says so. */
function CameraView({ found, close }: { found: (text: string) => void; close: () => void }) {
  const { t } = useWords()
  const video = useRef<HTMLVideoElement>(null)
  const [failure, setFailure] = useState<"refused" | "missing">()
  const taken = useRef(found)
  useEffect(() => {
    taken.current = found
  })
  useEffect(() => {
    const watching = new AbortController()
    void watch(video.current, watching.signal, (text) => taken.current(text)).catch(
      (error: unknown) => setFailure(isRefusal(error) ? "refused" : "missing")
    )
    return () => watching.abort()
  }, [])

  return (
    <div className="flex flex-col gap-y-2">
      {failure === undefined ? (
        <video
          ref={video}
          muted
          playsInline
          aria-label={t("till.camera")}
          className="bg-ui-bg-subtle aspect-square w-full rounded-lg object-cover"
        />
      ) : (
        <Text size="small" role="alert" className="text-ui-fg-error">
          {failure === "refused" ? t("till.cameraRefused") : t("till.cameraMissing")}
        </Text>
      )}
      <Button variant="secondary" className="h-12 w-full" onClick={close}>
        {t("till.closeCamera")}
      </Button>
    </div>
  )
}

function isRefusal(error: unknown): boolean {
  return error instanceof DOMException && error.name === "NotAllowedError"
}

/** Shows the camera's picture and looks for a code in it. Rejects where there is no camera that may be used. */
async function watch(
  video: HTMLVideoElement | null,
  signal: AbortSignal,
  found: (text: string) => void
): Promise<void> {
  const [stream, readCode] = await Promise.all([
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }),
    codeReader(),
  ])
  const stop = () => stream.getTracks().forEach((track) => track.stop())
  if (!video || signal.aborted) {
    stop()
    return
  }
  signal.addEventListener("abort", stop)
  video.srcObject = stream
  await video.play().catch(() => undefined) // the page was left in the meantime
  while (!signal.aborted) {
    const text = await readCode(video)
    if (text !== undefined && !signal.aborted) {
      found(text)
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}
