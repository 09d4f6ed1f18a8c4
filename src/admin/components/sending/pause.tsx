import { Alert, StatusBadge, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { useAbilities } from "../../lib/abilities"
import { useDraft } from "../../lib/draft"
import { formatTime } from "../../lib/format"
import { useDoOnce } from "../ask-once"
import { Form, FormEnd, isNoteGiven, NoteField } from "../form-fields"
import { usePayoutWords } from "../payouts/words"
import { type Sending, useSending, useSendingCommand } from "./api"
import { SubtleText } from "../text"

/** Whether payouts are sent, who paused them and why, and the way to do so or to end it. */
export function PauseSwitch({ sending }: { sending: Sending }) {
  const { t } = usePayoutWords()
  const { may } = useAbilities()
  const verb = sending.is_paused ? "resume" : "pause"
  const isAllowed = may?.(verb === "resume" ? "payout_transfer:approve" : "payout_transfer:update")
  return (
    <div className="flex flex-col gap-y-4 px-6 py-4">
      <Standing sending={sending} />
      {isAllowed ? (
        <SwitchForm key={verb} verb={verb} />
      ) : (
        isAllowed === false && <SubtleText>{t(`sending.${verb}.notAllowed`)}</SubtleText>
      )}
    </div>
  )
}

function Standing({ sending }: { sending: Sending }) {
  const { t, language, person } = usePayoutWords()
  const { is_paused, paused_by, paused_by_name, paused_at, reason } = sending
  return (
    <div className="flex flex-col items-start gap-y-2" role="status" aria-live="polite">
      <StatusBadge color={is_paused ? "red" : "green"}>
        {t(is_paused ? "sending.isPaused" : "sending.isOn")}
      </StatusBadge>
      {is_paused && (
        <>
          <Text size="small">
            {t("sending.pausedBy", {
              name: person(paused_by_name, paused_by ?? ""),
              time: paused_at === null ? "" : formatTime(paused_at, language),
            })}
          </Text>
          <Text size="small" className="break-words">
            {reason}
          </Text>
        </>
      )}
    </div>
  )
}

function SwitchForm({ verb }: { verb: "pause" | "resume" }) {
  const { t } = usePayoutWords()
  const command = useSendingCommand()
  const doOnce = useDoOnce()
  const [text, setText, forget] = useDraft(`payouts:${verb}`)
  const words = text.trim()

  const turn = async () => {
    const isDone = await doOnce(
      {
        title: t(`sending.${verb}.ask`),
        description: t(`sending.${verb}.happens`),
        confirm: t(`sending.${verb}.confirm`),
        isDangerous: verb === "pause",
      },
      async () =>
        await command.mutateAsync(
          verb === "pause" ? { verb, reason: words } : { verb, note: words }
        ),
      t(`sending.${verb}.done`)
    )
    if (isDone) {
      forget()
    }
  }

  return (
    <Form className="flex flex-col gap-y-3" onSubmit={turn}>
      <SubtleText>{t(`sending.${verb}.happens`)}</SubtleText>
      <NoteField
        label={t(`sending.${verb}.why`)}
        value={text}
        onChange={setText}
        hint={t(`sending.${verb}.hint`)}
      />
      <FormEnd
        error={command.error}
        submit={t(`sending.${verb}.confirm`)}
        isBlocked={!isNoteGiven(words)}
        isBusy={command.isPending}
        isDangerous={verb === "pause"}
      />
    </Form>
  )
}

/** Says on top of the pages of payouts that nothing is sent, and who said so. */
export function PauseNotice() {
  const { t, language, person } = usePayoutWords()
  const { data } = useSending()
  return (
    <div role="status" aria-live="polite" className="empty:hidden">
      {data?.is_paused && (
        <Alert variant="warning">
          {t("sending.paused", {
            name: person(data.paused_by_name, data.paused_by ?? ""),
            time: data.paused_at === null ? "" : formatTime(data.paused_at, language),
            reason: data.reason ?? "",
          })}{" "}
          <Link to="/payouts/balances" className="underline">
            {t("sending.toSwitch")}
          </Link>
        </Alert>
      )}
    </div>
  )
}
