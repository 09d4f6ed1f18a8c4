import { ArrowUpTray } from "@medusajs/icons"
import { clx, Text } from "@medusajs/ui"
import { useId, useRef, useState, type DragEvent } from "react"

/**
 * Where a file is dropped, or chosen after a click or by the keyboard. The same file can be given again once it was mended.
 *
 * @param accept as an input of files takes it, such as `.csv,text/csv`
 */
export function FileDrop({
  label,
  hint,
  accept,
  isBusy,
  onFile,
}: {
  label: string
  hint: string
  accept: string
  isBusy: boolean
  onFile: (file: File) => void
}) {
  const [isOver, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const take = (files: FileList | null) => {
    const [file] = files ?? []
    if (file && !isBusy) {
      onFile(file)
    }
  }
  const over = (event: DragEvent, isNow: boolean) => {
    event.preventDefault() // the browser would open the file in the page's place
    setOver(isNow)
  }
  return (
    <>
      <button
        type="button"
        aria-describedby={`${id}-hint`}
        aria-disabled={isBusy}
        onClick={() => !isBusy && input.current?.click()}
        onDragEnter={(event) => over(event, true)}
        onDragOver={(event) => over(event, true)}
        onDragLeave={(event) => over(event, false)}
        onDrop={(event) => {
          over(event, false)
          take(event.dataTransfer.files)
        }}
        className={clx(
          "bg-ui-bg-component border-ui-border-strong transition-fg flex w-full flex-col items-center gap-y-2 rounded-lg border border-dashed p-8 text-center outline-none",
          "hover:border-ui-border-interactive focus-visible:border-ui-border-interactive focus-visible:shadow-borders-focus",
          { "!border-ui-border-interactive": isOver, "opacity-60": isBusy }
        )}
      >
        <span className="text-ui-fg-subtle flex items-center gap-x-2">
          <ArrowUpTray />
          <Text as="span">{label}</Text>
        </span>
        <Text
          as="span"
          size="small"
          leading="compact"
          className="text-ui-fg-subtle"
          id={`${id}-hint`}
        >
          {hint}
        </Text>
      </button>
      <input
        ref={input}
        hidden
        type="file"
        accept={accept}
        onChange={({ target }) => {
          take(target.files)
          target.value = "" // the same name is a change once more
        }}
      />
    </>
  )
}
