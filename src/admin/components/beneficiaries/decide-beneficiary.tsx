import { RadioGroup, Text } from "@medusajs/ui"
import { useState } from "react"
import { useDraft } from "../../lib/draft"
import { useDoOnce } from "../ask-once"
import { FormEnd } from "../form-end"
import { NoteField } from "../form-fields"
import { usePayoutProviders, useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { SideDrawer } from "../side-drawer"
import { useBeneficiaryCommand, type BeneficiaryDetail } from "./api"
import { filled, isComplete, ProviderFields, type FieldValues } from "./provider-fields"

/** Of a note that has to be given. */
const shortestNote = 3

type Answer = "active" | "rejected"

/** What a person found out about a beneficiary whose gateway has not accepted it, or whose answer was lost. */
export function DecideBeneficiary({
  beneficiary,
  onClose,
}: {
  beneficiary: BeneficiaryDetail
  onClose: () => void
}) {
  const { t } = usePayoutWords()
  return (
    <SideDrawer title={t("beneficiaries.decide.title")} onClose={onClose}>
      <DecideForm beneficiary={beneficiary} onClose={onClose} />
    </SideDrawer>
  )
}

function DecideForm({
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
  const [answer, setAnswer] = useState<Answer>()
  const [account, setAccount] = useState<FieldValues>({})
  const [note, setNote, forgetNote] = useDraft(`beneficiary:${beneficiary.id}:decide`)
  const values = { name: beneficiary.name, gateway: providerName(beneficiary.provider_id) }
  const fields =
    providers.find(({ id }) => id === beneficiary.provider_id)?.capabilities.account_fields ?? []
  const isAccountMissing = answer === "active" && beneficiary.account_hint === null
  const isReady =
    answer !== undefined &&
    note.trim().length >= shortestNote &&
    (!isAccountMissing || isComplete(fields, account))

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
    <form
      className="flex flex-col gap-y-4 px-6 py-4"
      onSubmit={(event) => {
        event.preventDefault()
        void decide()
      }}
    >
      <Text size="small" className="text-ui-fg-subtle">
        {t("beneficiaries.decide.rule", values)}
      </Text>
      <RadioGroup
        className="flex flex-col gap-y-2"
        aria-label={t("beneficiaries.decide.title")}
        value={answer ?? ""}
        onValueChange={(value) => setAnswer(value === "active" ? "active" : "rejected")}
      >
        {(["active", "rejected"] as const).map((one) => (
          <RadioGroup.ChoiceBox
            key={one}
            value={one}
            label={t(`beneficiaries.decide.${one}.label`)}
            description={t(`beneficiaries.decide.${one}.happens`, values)}
          />
        ))}
      </RadioGroup>
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
    </form>
  )
}
