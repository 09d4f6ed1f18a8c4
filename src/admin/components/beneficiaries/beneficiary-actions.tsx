import { Button } from "@medusajs/ui"
import { useState } from "react"
import { Link } from "react-router-dom"
import { useAbilities } from "../../lib/abilities"
import { useDraft } from "../../lib/draft"
import { useDoOnce } from "../ask-once"
import { ChoiceField, Form, FormEnd, isNoteGiven, NoteField } from "../form-fields"
import { usePayoutProviders, useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { SideDrawer } from "../side-drawer"
import { useTransferCount } from "../transfers/api"
import { CreateTransfer } from "../transfers/create-transfer"
import { type BeneficiaryDetail, useBeneficiaryCommand } from "./api"
import { type FieldValues, filled, isComplete, ProviderFields } from "./beneficiary-fields"
import { EditBeneficiary } from "./edit-beneficiary"
import { SubtleText } from "../text"

/** What this person can do about a beneficiary in its state; a disabled one stays so. */
export function BeneficiaryActions({ beneficiary }: { beneficiary: BeneficiaryDetail }) {
  const { t } = usePayoutWords()
  const { may } = useAbilities()
  const [opened, open] = useState<"pay" | "edit" | "decide">()
  const { disable, command } = useDisable(beneficiary)
  const { id, status } = beneficiary
  const mayUpdate = (may?.("payout_beneficiary:update") ?? false) && status !== "disabled"
  const close = () => open(undefined)
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex flex-wrap gap-2">
        {status === "active" && may?.("payout_transfer:create") && (
          <Button size="small" onClick={() => open("pay")}>
            {t("beneficiaries.pay")}
          </Button>
        )}
        {status === "pending" && mayUpdate && (
          <Button size="small" onClick={() => open("decide")}>
            {t("beneficiaries.decide.title")}
          </Button>
        )}
        {mayUpdate && (
          <>
            <Button size="small" variant="secondary" onClick={() => open("edit")}>
              {t("beneficiaries.edit.open")}
            </Button>
            <Button
              size="small"
              variant="secondary"
              isLoading={command.isPending}
              onClick={() => void disable()}
            >
              {t("beneficiaries.disable.open")}
            </Button>
          </>
        )}
        {may?.("payout_transfer:read") && (
          <Button size="small" variant="transparent" asChild>
            <Link
              to={`/payouts?${new URLSearchParams({ beneficiary_id: JSON.stringify(id) }).toString()}`}
            >
              {t("beneficiaries.transfers")}
            </Link>
          </Button>
        )}
      </div>
      <FormEnd error={command.error} />
      {opened === "pay" && (
        <CreateTransfer beginning={{ draft: `to:${id}`, beneficiary_id: id }} onClose={close} />
      )}
      {opened === "edit" && <EditBeneficiary beneficiary={beneficiary} onClose={close} />}
      {opened === "decide" && <DecideBeneficiary beneficiary={beneficiary} onClose={close} />}
    </div>
  )
}

function useDisable({ id, name }: BeneficiaryDetail) {
  const { t } = usePayoutWords()
  const command = useBeneficiaryCommand(id)
  const doOnce = useDoOnce()
  const approved = useTransferCount({ beneficiary_id: id, status: "approved" }) ?? 0
  const waiting = useTransferCount({ beneficiary_id: id, status: "awaiting_approval" }) ?? 0
  const values = { name }
  const disable = async () =>
    await doOnce(
      {
        title: t("beneficiaries.disable.ask", values),
        description: [
          t("beneficiaries.disable.happens"),
          ...(approved > 0 ? [t("beneficiaries.disable.canceled", { count: approved })] : []),
          ...(waiting > 0 ? [t("beneficiaries.disable.waiting", { count: waiting })] : []),
        ].join(" "),
        confirm: t("beneficiaries.disable.confirm", values),
        isDangerous: true,
      },
      async () => await command.mutateAsync({ verb: "disable" }),
      t("beneficiaries.disable.done", values)
    )
  return { disable, command }
}

const answers = ["active", "rejected"] as const

/** What a person found out about a beneficiary whose gateway has not accepted it, or whose answer was lost. */
function DecideBeneficiary({
  beneficiary,
  onClose,
}: {
  beneficiary: BeneficiaryDetail
  onClose: () => void
}) {
  const { t } = usePayoutWords()
  const providerName = useProviderName()
  const { data: providers = [] } = usePayoutProviders()
  const command = useBeneficiaryCommand(beneficiary.id)
  const doOnce = useDoOnce()
  const [answer, setAnswer] = useState<(typeof answers)[number]>()
  const [account, setAccount] = useState<FieldValues>({})
  const [note, setNote, forgetNote] = useDraft(`beneficiary:${beneficiary.id}:decide`)
  const values = { name: beneficiary.name, gateway: providerName(beneficiary.provider_id) }
  const fields =
    providers.find(({ id }) => id === beneficiary.provider_id)?.capabilities.account_fields ?? []
  const isAccountMissing = answer === "active" && beneficiary.account_hint === null
  const isReady =
    answer !== undefined && isNoteGiven(note) && (!isAccountMissing || isComplete(fields, account))

  const decide = async () => {
    if (answer === undefined) {
      return
    }
    const isDone = await doOnce(
      {
        title: t(`beneficiaries.decide.${answer}.ask`, values),
        description: t(`beneficiaries.decide.${answer}.happens`, values),
        confirm: t(`beneficiaries.decide.${answer}.label`),
        isDangerous: answer === "rejected",
      },
      async () =>
        await command.mutateAsync({
          verb: "decide",
          note: note.trim(),
          ...(answer === "active"
            ? { status: answer, ...(isAccountMissing ? { account: filled(account) } : {}) }
            : { status: answer }),
        }),
      t(`beneficiaries.decide.${answer}.done`, values)
    )
    if (isDone) {
      forgetNote()
      onClose()
    }
  }

  return (
    <SideDrawer title={t("beneficiaries.decide.title")} onClose={onClose}>
      <Form onSubmit={decide}>
        <SubtleText>{t("beneficiaries.decide.rule", values)}</SubtleText>
        <ChoiceField
          label={t("beneficiaries.decide.title")}
          choices={answers.map((value) => ({
            value,
            label: t(`beneficiaries.decide.${value}.label`),
            description: t(`beneficiaries.decide.${value}.happens`, values),
          }))}
          chosen={answer}
          onChoose={setAnswer}
        />
        {isAccountMissing && (
          <ProviderFields
            legend={t("payouts.account")}
            explained={t("beneficiaries.decide.enterAccount", values)}
            fields={fields}
            values={account}
            onChange={setAccount}
          />
        )}
        <NoteField
          label={t("payouts.resolve.note")}
          value={note}
          onChange={setNote}
          hint={t("beneficiaries.decide.noteHint")}
        />
        <FormEnd
          error={command.error}
          onCancel={onClose}
          submit={t("beneficiaries.decide.submit")}
          isBlocked={!isReady}
          isBusy={command.isPending}
        />
      </Form>
    </SideDrawer>
  )
}
