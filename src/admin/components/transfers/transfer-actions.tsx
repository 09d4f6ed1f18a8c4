import { Button, Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { Link, useNavigate } from "react-router-dom"
import { useAbilities, useMyId } from "../../lib/abilities"
import { useDraft } from "../../lib/draft"
import { useDoOnce } from "../ask-once"
import { isPaidByFile } from "../bank-files/api"
import { ChoiceField, Form, FormEnd, isNoteGiven, NoteField, TextField } from "../form-fields"
import { type TransferState, usePayoutRules, useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { SideDrawer } from "../side-drawer"
import { type TransferDetail, useTransferCommand, useTransfers } from "./api"
import { CreateTransfer } from "./create-transfer"
import { needsSecondPerson, type Offer, offersFor, outcomesFor } from "./offers"
import { SubtleText } from "../text"

/** What this person can do about a transfer in its state; what their role does not allow is said. */
export function TransferActions({ transfer }: { transfer: TransferDetail }) {
  const { t } = usePayoutWords()
  const { may } = useAbilities()
  const me = useMyId()
  const [opened, open] = useState<"resolve" | "again">()
  const { run, command } = useRun(transfer, open)
  const { offered, isForbidden } = offersFor(
    transfer.status,
    may,
    isPaidByFile(transfer.provider_id)
  )
  const needsOther = needsSecondPerson(transfer, me, usePayoutRules().data?.approval)
  const retry = useRetryOf(transfer)
  const saysWhyNot = needsOther && offered.includes("resolve") && transfer.status !== "succeeded"
  const buttons = offered.filter(
    (offer) => (offer !== "resolve" || !needsOther) && (offer !== "retry" || !retry)
  )
  if (buttons.length === 0 && !isForbidden && !saysWhyNot && !retry) {
    return null
  }
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      {(isForbidden || saysWhyNot) && (
        <SubtleText>{t(isForbidden ? "payouts.onlyLook" : "payouts.resolve.ownWord")}</SubtleText>
      )}
      {retry && (
        <Text size="small">
          {t("payouts.retry.isThere")}{" "}
          <Link className="underline" to={`/payouts/${retry.id}`}>
            {retry.reference}
          </Link>
        </Text>
      )}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {buttons.map((offer) => (
          <Button
            key={offer}
            size="small"
            variant={offer === "submit" || offer === "retry" ? "primary" : "secondary"}
            isLoading={command.isPending && command.variables?.verb === offer}
            disabled={command.isPending}
            onClick={() => void run(offer)}
          >
            {t(`payouts.actions.${offer}`)}
          </Button>
        ))}
      </div>
      <FormEnd error={command.error} />
      {opened === "resolve" && (
        <ResolveTransfer transfer={transfer} onClose={() => open(undefined)} />
      )}
      {opened === "again" && (
        <CreateTransfer
          beginning={{
            draft: `like:${transfer.id}`,
            beneficiary_id: transfer.beneficiary_id,
            amount: transfer.raw_amount.value,
            currency_code: transfer.currency_code,
            purpose: transfer.purpose,
          }}
          onClose={() => open(undefined)}
        />
      )}
    </div>
  )
}

/** States that a retry ended in without being sent: the failed transfer can be tried again then. */
const neverSent = ["rejected", "expired", "canceled"] as const satisfies readonly TransferState[]

/** The transfer that tries a failed one again; undefined where there is none that may still be paid. */
function useRetryOf({ id, status }: TransferDetail) {
  const { data } = useTransfers({ retry_of_id: id, limit: 1 }, status === "failed")
  return data?.transfers.find((retry) => !neverSent.some((state) => state === retry.status))
}

function useRun(transfer: TransferDetail, open: (what: "resolve" | "again") => void) {
  const { t, money, state } = usePayoutWords()
  const providerName = useProviderName()
  const command = useTransferCommand(transfer.id)
  const doOnce = useDoOnce()
  const navigate = useNavigate()
  const values = {
    amount: money(transfer.raw_amount.value, transfer.currency_code),
    name: transfer.beneficiary_name,
    gateway: providerName(transfer.provider_id),
  }

  const refresh = async () => {
    try {
      const { status } = await command.mutateAsync({ verb: "refresh" })
      toast.success(t("payouts.refreshed", { ...values, state: state(status) }))
    } catch {
      // shown below the buttons
    }
  }
  const askAndDo = async (verb: "submit" | "cancel" | "retry", act: () => Promise<unknown>) =>
    await doOnce(
      {
        title: t(`payouts.${verb}.ask`, values),
        description: t(`payouts.${verb}.happens`, values),
        confirm: t(`payouts.${verb}.confirm`, values),
        isDangerous: verb === "cancel",
      },
      act,
      t(`payouts.${verb}.done`, values)
    )

  const run = async (offer: Offer): Promise<unknown> => {
    switch (offer) {
      case "resolve":
      case "again":
        return open(offer)
      case "refresh":
        return await refresh()
      case "submit":
      case "cancel":
        return await askAndDo(offer, async () => await command.mutateAsync({ verb: offer }))
      case "retry":
        // Without a key of its own each failed transfer is tried again once, whoever asks for it.
        return await askAndDo(offer, async () => {
          const { id } = await command.mutateAsync({ verb: offer })
          navigate(`/payouts/${id}`)
        })
    }
  }
  return { run, command }
}

/** What a second person found out of a transfer: it counts as an approval, and the gateway is asked first. */
function ResolveTransfer({ transfer, onClose }: { transfer: TransferDetail; onClose: () => void }) {
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
    <SideDrawer title={t("payouts.actions.resolve")} onClose={onClose}>
      <Form onSubmit={resolve}>
        <SubtleText>{t("payouts.resolve.rule", values)}</SubtleText>
        <ChoiceField
          label={t("payouts.resolve.what")}
          choices={outcomes.map((value) => ({
            value,
            label: t(`payouts.resolve.${value}.label`),
            description: t(`payouts.resolve.${value}.description`, values),
          }))}
          chosen={outcome}
          onChoose={setOutcome}
        />
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
          isBlocked={outcome === undefined || !isNoteGiven(note)}
          isBusy={command.isPending}
          isDangerous
        />
      </Form>
    </SideDrawer>
  )
}
