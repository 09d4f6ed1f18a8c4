import { Button, Hint, Label, Textarea, toast } from "@medusajs/ui"
import { useId } from "react"
import { useDraft } from "../../lib/draft"
import { formatMoney } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useAskOnce } from "../ask-once"
import { useExceptionCommand, type ExceptionDetail } from "./api"
import { useExceptionWords } from "./words"

/** Of a note, where it has to be given. */
const shortestNote = 3

/** Refunds or closes an entry, with a note that stays with it; closing needs one. */
export function NoteForm({ verb, found }: { verb: "refund" | "close"; found: ExceptionDetail }) {
  const { t, language, failure } = useExceptionWords()
  const command = useExceptionCommand(found.id)
  const askOnce = useAskOnce()
  const [note, setNote, forget] = useDraft(`exception:${found.id}:note`)
  const field = useId()
  const amount = formatMoney(found.raw_amount.value, found.currency_code, language)
  const length = note.trim().length
  const isTooShort = length < shortestNote && (verb === "close" || length > 0)

  const decide = async () => {
    const isSure = await askOnce({
      title: t(`exceptions.choices.${verb}.title`, { amount }),
      description: t(`exceptions.choices.${verb}.ask`, {
        amount,
        gateway: gatewayName(found.provider_id),
        name: found.customer?.name ?? found.customer?.email ?? t("exceptions.unknown"),
        reference: found.reference,
      }),
      confirm: t(`exceptions.choices.${verb}.label`, { amount }),
      isDangerous: verb === "refund",
    })
    if (!isSure) {
      return
    }
    try {
      await command.mutateAsync(
        verb === "close"
          ? { verb, note: note.trim() }
          : { verb, ...(note.trim() ? { note: note.trim() } : {}) }
      )
      forget()
      toast.success(t(`exceptions.choices.${verb}.done`, { amount }))
    } catch {
      // shown below
    }
  }

  return (
    <form
      className="flex flex-col gap-y-2"
      onSubmit={(event) => {
        event.preventDefault()
        void decide()
      }}
    >
      <Label htmlFor={field} size="small" weight="plus">
        {verb === "close" ? t("exceptions.note.required") : t("exceptions.note.optional")}
      </Label>
      <Textarea
        id={field}
        value={note}
        maxLength={1_000}
        aria-describedby={`${field}-hint`}
        onChange={({ target }) => setNote(target.value)}
      />
      <Hint id={`${field}-hint`}>{t("exceptions.note.hint")}</Hint>
      {command.error && (
        <Hint variant="error" role="alert">
          {failure(command.error)}
        </Hint>
      )}
      <div className="flex justify-end">
        <Button
          type="submit"
          size="small"
          variant={verb === "refund" ? "danger" : "primary"}
          disabled={isTooShort}
          isLoading={command.isPending}
        >
          {t(`exceptions.choices.${verb}.label`, { amount })}
        </Button>
      </div>
    </form>
  )
}
