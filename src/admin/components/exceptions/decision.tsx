import { RadioGroup } from "@medusajs/ui"
import { useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { useDraft } from "../../lib/draft"
import { formatMoney } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useDoOnce } from "../ask-once"
import { Form, FormEnd, isNoteGiven, NoteField } from "../form-fields"
import { type ExceptionDetail, useExceptionCommand } from "./api"
import { AttachForm } from "./attach-form"
import type { Hold } from "./who-has-it"
import { useExceptionWords } from "./words"
import { StrongText, SubtleText } from "../text"

const verbs = ["refund", "attach", "close"] as const
type Verb = (typeof verbs)[number]

/**
 * The ways to settle an entry: what each does, or why it can't be done. Whoever chooses one has the entry to
 * themselves from then on, until they close it or decide.
 */
export function Decision({ found, hold }: { found: ExceptionDetail; hold: Hold }) {
  const { t } = useExceptionWords()
  const { may } = useAbilities()
  const [chosen, choose] = useState<Verb>()
  const mayDo = verbs.filter((verb) => may?.(`gateway_payment:${verb}`))
  if (!may) {
    return null
  }
  if (mayDo.length === 0) {
    return <SubtleText className="px-6 py-4">{t("exceptions.onlyLook")}</SubtleText>
  }
  const isChosenOpen = chosen !== undefined && !hold.isOthers
  return (
    <section className="flex flex-col gap-y-4 px-6 py-4" aria-label={t("exceptions.decide")}>
      <StrongText>{t("exceptions.decide")}</StrongText>
      <RadioGroup
        className="flex flex-col gap-y-2"
        aria-label={t("exceptions.decide")}
        value={chosen ?? ""}
        disabled={hold.isOthers}
        onValueChange={(value) => {
          choose(verbs.find((verb) => verb === value))
          if (hold.mayTake && !hold.isMine) {
            void hold.take(true)
          }
        }}
      >
        {mayDo.map((verb) => (
          <ChoiceBox key={verb} verb={verb} found={found} isDisabled={hold.isOthers} />
        ))}
      </RadioGroup>
      {isChosenOpen && chosen === "attach" && <AttachForm found={found} />}
      {isChosenOpen && (chosen === "refund" || chosen === "close") && (
        <NoteForm key={chosen} verb={chosen} found={found} />
      )}
    </section>
  )
}

function ChoiceBox({
  verb,
  found,
  isDisabled,
}: {
  verb: Verb
  found: ExceptionDetail
  isDisabled: boolean
}) {
  const { t, language } = useExceptionWords()
  const choice = verb === "close" ? undefined : found.choices[verb]
  const refusal = choice?.refusal
  const amount = formatMoney(
    choice?.amount ?? found.raw_amount.value,
    found.currency_code,
    language
  )
  return (
    <RadioGroup.ChoiceBox
      value={verb}
      disabled={isDisabled || Boolean(refusal)}
      label={t(`exceptions.choices.${verb}.label`, { amount })}
      description={
        refusal
          ? t(`exceptions.refusals.${refusal.code}`)
          : t(`exceptions.choices.${verb}.description`, { amount })
      }
    />
  )
}

/** Refunds or closes an entry, with a note that stays with it; closing needs one. */
function NoteForm({ verb, found }: { verb: "refund" | "close"; found: ExceptionDetail }) {
  const { t, language, failure } = useExceptionWords()
  const command = useExceptionCommand(found.id)
  const doOnce = useDoOnce()
  const [note, setNote, forget] = useDraft(`exception:${found.id}:note`)
  const amount = formatMoney(found.raw_amount.value, found.currency_code, language)
  const isTooShort = !isNoteGiven(note) && (verb === "close" || note.trim() !== "")

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
    <Form className="flex flex-col gap-y-2" onSubmit={decide}>
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
    </Form>
  )
}
