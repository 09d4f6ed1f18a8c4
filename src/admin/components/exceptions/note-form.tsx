import { useDraft } from "../../lib/draft"
import { formatMoney } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useDoOnce } from "../ask-once"
import { FormEnd } from "../form-end"
import { NoteField } from "../form-fields"
import { useExceptionCommand, type ExceptionDetail } from "./api"
import { useExceptionWords } from "./words"

/** Of a note, where it has to be given. */
const shortestNote = 3

/** Refunds or closes an entry, with a note that stays with it; closing needs one. */
export function NoteForm({ verb, found }: { verb: "refund" | "close"; found: ExceptionDetail }) {
  const { t, language, failure } = useExceptionWords()
  const command = useExceptionCommand(found.id)
  const doOnce = useDoOnce()
  const [note, setNote, forget] = useDraft(`exception:${found.id}:note`)
  const amount = formatMoney(found.raw_amount.value, found.currency_code, language)
  const length = note.trim().length
  const isTooShort = length < shortestNote && (verb === "close" || length > 0)

  const decide = async () => {
    const isDone = await doOnce(
      {
        title: t(`exceptions.choices.${verb}.title`, { amount }),
        description: t(`exceptions.choices.${verb}.ask`, {
          amount,
          gateway: gatewayName(found.provider_id),
          name: found.customer?.name ?? found.customer?.email ?? t("exceptions.unknown"),
          reference: found.reference,
        }),
        confirm: t(`exceptions.choices.${verb}.label`, { amount }),
        isDangerous: verb === "refund",
      },
      async () =>
        await command.mutateAsync(
          verb === "close"
            ? { verb, note: note.trim() }
            : { verb, ...(note.trim() ? { note: note.trim() } : {}) }
        ),
      t(`exceptions.choices.${verb}.done`, { amount })
    )
    if (isDone) {
      forget()
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
      <NoteField
        label={verb === "close" ? t("exceptions.note.required") : t("exceptions.note.optional")}
        value={note}
        onChange={setNote}
        hint={t("exceptions.note.hint")}
      />
      <FormEnd
        error={command.error}
        failure={failure}
        submit={t(`exceptions.choices.${verb}.label`, { amount })}
        isBlocked={isTooShort}
        isBusy={command.isPending}
        isDangerous={verb === "refund"}
      />
    </form>
  )
}
