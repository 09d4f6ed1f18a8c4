import { RadioGroup, Text } from "@medusajs/ui"
import { useState } from "react"
import { useDraft } from "../../lib/draft"
import { useDoOnce } from "../ask-once"
import { FormEnd } from "../form-end"
import { NoteField, TextField } from "../form-fields"
import { useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { SideDrawer } from "../side-drawer"
import { useTransferCommand, type TransferDetail } from "./api"
import { outcomesFor } from "./offers"

/** Of a note that has to be given. */
const shortestNote = 3

/** What a second person found out of a transfer: it counts as an approval, and the gateway is asked first. */
export function ResolveTransfer({
  transfer,
  onClose,
}: {
  transfer: TransferDetail
  onClose: () => void
}) {
  const { t } = usePayoutWords()
  return (
    <SideDrawer title={t("payouts.actions.resolve")} onClose={onClose}>
      <ResolveForm transfer={transfer} onClose={onClose} />
    </SideDrawer>
  )
}

function ResolveForm({ transfer, onClose }: { transfer: TransferDetail; onClose: () => void }) {
  const { t, money } = usePayoutWords()
  const providerName = useProviderName()
  const command = useTransferCommand(transfer.id)
  const doOnce = useDoOnce()
  const outcomes = outcomesFor(transfer.status)
  const [outcome, setOutcome] = useState(outcomes.length === 1 ? outcomes[0] : undefined)
  const [note, setNote, forgetNote] = useDraft(`payout:${transfer.id}:resolve:note`)
  const [gatewayId, setGatewayId, forgetId] = useDraft(`payout:${transfer.id}:resolve:id`)
  const values = {
    amount: money(transfer.raw_amount.value, transfer.currency_code),
    name: transfer.beneficiary_name,
    gateway: providerName(transfer.provider_id),
  }

  const resolve = async () => {
    if (outcome === undefined) {
      return
    }
    const isDone = await doOnce(
      {
        title: t(`payouts.resolve.${outcome}.ask`, values),
        description: t("payouts.resolve.happens", values),
        confirm: t(`payouts.resolve.${outcome}.label`),
        isDangerous: true,
      },
      async () =>
        await command.mutateAsync({
          verb: "resolve",
          outcome,
          note: note.trim(),
          ...(gatewayId.trim() ? { gateway_id: gatewayId.trim() } : {}),
        }),
      t("payouts.resolve.done", values)
    )
    if (isDone) {
      forgetNote()
      forgetId()
      onClose()
    }
  }

  return (
    <form
      className="flex flex-col gap-y-4 px-6 py-4"
      onSubmit={(event) => {
        event.preventDefault()
        void resolve()
      }}
    >
      <Text size="small" className="text-ui-fg-subtle">
        {t("payouts.resolve.rule", values)}
      </Text>
      <RadioGroup
        className="flex flex-col gap-y-2"
        aria-label={t("payouts.resolve.what")}
        value={outcome ?? ""}
        onValueChange={(value) => setOutcome(outcomes.find((one) => one === value))}
      >
        {outcomes.map((one) => (
          <RadioGroup.ChoiceBox
            key={one}
            value={one}
            label={t(`payouts.resolve.${one}.label`)}
            description={t(`payouts.resolve.${one}.description`, values)}
          />
        ))}
      </RadioGroup>
      <NoteField
        label={t("payouts.resolve.note")}
        value={note}
        onChange={setNote}
        hint={t("payouts.resolve.noteHint")}
      />
      <TextField
        label={t("payouts.resolve.gatewayId")}
        value={gatewayId}
        maxLength={100}
        onChange={setGatewayId}
      />
      <FormEnd
        error={command.error}
        onCancel={onClose}
        submit={t("payouts.actions.resolve")}
        isBlocked={outcome === undefined || note.trim().length < shortestNote}
        isBusy={command.isPending}
        isDangerous
      />
    </form>
  )
}
