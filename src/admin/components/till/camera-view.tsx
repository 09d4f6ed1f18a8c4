import { Button, Text } from "@medusajs/ui"
import { useEffect, useRef, useState } from "react"
import { codeReader } from "../../lib/code-reader"
import { useWords } from "../../lib/words"

/** Between two looks at the picture, in milliseconds. */
const lookEveryMs = 200

/** What the camera sees, until it sees a code. Where there is none, or it may not be used, it says so. */
export function CameraView({ found, close }: { found: (text: string) => void; close: () => void }) {
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
