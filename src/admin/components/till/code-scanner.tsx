import { Button, Input, Label, Text } from "@medusajs/ui"
import { useEffect, useRef, useState } from "react"
import { codeIn, noKeys, readKey } from "../../lib/scanned-code"
import { useWords } from "../../lib/words"
import { CameraView } from "./camera-view"

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
      <Text size="small" className="text-ui-fg-subtle">
        {t("till.scanByScanner")}
      </Text>
      <form
        className="flex flex-col gap-y-1"
        onSubmit={(event) => {
          event.preventDefault()
          take(input.current?.value ?? "")
        }}
      >
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
      </form>
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
