import { Button, Select, Text, toast } from "@medusajs/ui"
import { useId } from "react"
import { useNavigate } from "react-router-dom"
import { typedAmount } from "../../lib/amounts"
import { isConflict } from "../../lib/request-error"
import { useDraft, useKeptKey } from "../../lib/draft"
import { useAskOnce } from "../ask-once"
import { useBeneficiary, type Beneficiary } from "../beneficiaries/api"
import { ChooseBeneficiary } from "../beneficiaries/choose-beneficiary"
import { Fact } from "../section"
import { AmountField, Form, FormEnd, LabeledField, TextField } from "../form-fields"
import { Loaded } from "../problem"
import { MetadataField } from "../own-fields/own-fields"
import { metadataOf } from "../own-fields/metadata-text"
import {
  usePayoutProviders,
  usePayoutRules,
  useProviderName,
  type PayoutProvider,
} from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { SideDrawer } from "../side-drawer"
import { useCreateTransfer } from "./api"
import { SubtleText } from "../text"

/** What a new transfer begins with, such as that of one that was never sent. */
export type Beginning = {
  /** What is typed is kept under this: one form does not take up what another one was left with. */
  draft: string
  beneficiary_id?: string
  amount?: string
  currency_code?: string
  purpose?: string
}

/** Whom to pay, how much and for what; what it takes is told by the providers. */
export function CreateTransfer({
  beginning,
  onClose,
}: {
  beginning: Beginning
  onClose: () => void
}) {
  const { t } = usePayoutWords()
  const providers = usePayoutProviders()
  return (
    <SideDrawer title={t("payouts.create.title")} onClose={onClose}>
      <Loaded answer={providers} skeleton="h-64">
        {(known) => <TransferForm providers={known} beginning={beginning} onClose={onClose} />}
      </Loaded>
    </SideDrawer>
  )
}

function TransferForm({
  providers,
  beginning,
  onClose,
}: {
  providers: readonly PayoutProvider[]
  beginning: Beginning
  onClose: () => void
}) {
  const words = usePayoutWords()
  const { t } = words
  const form = useTransferForm(providers, beginning)
  const { payee, currencies, currency, amount, command } = form
  const sum = amount === undefined ? "" : words.money(amount, currency)
  return (
    <Form onSubmit={() => form.make(onClose)}>
      {payee ? (
        <ChosenPayee payee={payee} onChange={() => form.choosePayee("")} />
      ) : (
        <ChooseBeneficiary chosen="" onChoose={({ id }) => form.choosePayee(id)} />
      )}
      {payee && currencies.length === 0 && (
        <Text size="small" className="text-ui-fg-error" role="alert">
          {t("payouts.create.providerGone")}
        </Text>
      )}
      {currencies.length > 1 && (
        <CurrencyField
          currency={currency}
          currencies={currencies.map(({ currency_code }) => currency_code)}
          onChange={form.setCurrency}
        />
      )}
      <AmountField
        label={t("payouts.create.amount", { currency: currency.toUpperCase() })}
        value={form.typed}
        onChange={form.setTyped}
        hint={
          payee &&
          [
            words.decimals(form.decimals),
            form.limit && t("payouts.create.most", { amount: form.limit }),
          ]
            .filter(Boolean)
            .join(" ")
        }
        problem={
          form.typed !== "" && amount === undefined && payee
            ? `${t("payouts.create.noAmount")} ${words.decimals(form.decimals)}`
            : undefined
        }
      />
      <TextField
        label={t("payouts.columns.purpose")}
        value={form.purpose}
        maxLength={255}
        onChange={form.setPurpose}
        hint={t("payouts.create.purposeHint")}
      />
      <TextField
        type="date"
        label={t("beneficiaries.optional", { field: t("payouts.notBefore") })}
        value={form.day}
        onChange={form.setDay}
        hint={t("payouts.create.dayHint")}
      />
      <TextField
        label={t("beneficiaries.optional", { field: t("payouts.externalId") })}
        value={form.externalId}
        maxLength={255}
        onChange={form.setExternalId}
        hint={t("beneficiaries.externalIdHint")}
      />
      <MetadataField lines={form.metadataLines} onChange={form.setMetadataLines} />
      <SubtleText>{form.whatHappens}</SubtleText>
      {isConflict(command.error) && (
        <div className="flex flex-col items-start gap-y-2">
          <SubtleText>{t("payouts.create.usedKey")}</SubtleText>
          <Button type="button" size="small" variant="secondary" onClick={form.startAnew}>
            {t("payouts.create.startAnew")}
          </Button>
        </div>
      )}
      <FormEnd
        error={command.error}
        onCancel={onClose}
        submit={t("payouts.create.submit", { amount: sum })}
        isBlocked={!form.isComplete}
        isBusy={command.isPending}
      />
    </Form>
  )
}

/** What is typed, kept until it is made, and the key under which it is made once, however often it is sent. */
function useTransferForm(providers: readonly PayoutProvider[], beginning: Beginning) {
  const { t, money } = usePayoutWords()
  const navigate = useNavigate()
  const askOnce = useAskOnce()
  const command = useCreateTransfer()
  const { data: rules } = usePayoutRules()
  const draft = `payout:${beginning.draft}`
  const [payeeId, choosePayee, forgetPayee] = useDraft(`${draft}:payee`, beginning.beneficiary_id)
  const [typed, setTyped, forgetAmount] = useDraft(`${draft}:amount`, beginning.amount)
  const [wanted, setCurrency, forgetCurrency] = useDraft(
    `${draft}:currency`,
    beginning.currency_code
  )
  const [purpose, setPurpose, forgetPurpose] = useDraft(`${draft}:purpose`, beginning.purpose)
  const [day, setDay, forgetDay] = useDraft(`${draft}:day`)
  const [externalId, setExternalId, forgetExternalId] = useDraft(`${draft}:external`)
  const [metadataLines, setMetadataLines, forgetMetadata] = useDraft(`${draft}:metadata`)
  const [key, newKey] = useKeptKey(draft)
  const { data } = useBeneficiary(payeeId)
  const payee = data?.beneficiary
  const currencies =
    providers.find(({ id }) => id === payee?.provider_id)?.capabilities.currencies ?? []
  const chosen = currencies.find(({ currency_code }) => currency_code === wanted) ?? currencies[0]
  const decimals = chosen?.decimals ?? 2
  const currency = chosen?.currency_code ?? ""
  const amount = typedAmount(typed, decimals)
  const most = rules?.limits.find(({ currency_code }) => currency_code === currency)?.per_transfer
  const metadata = metadataOf(metadataLines, null)
  const isComplete =
    payee !== undefined &&
    currency !== "" &&
    amount !== undefined &&
    purpose.trim() !== "" &&
    typeof metadata !== "number"

  const make = async (onMade: () => void): Promise<void> => {
    if (!isComplete) {
      return
    }
    const values = { amount: money(amount, currency), name: payee.name, purpose: purpose.trim() }
    const isSure = await askOnce({
      title: t("payouts.create.ask", values),
      description:
        rules?.approval === "none"
          ? t("payouts.create.happensAtOnce", values)
          : t("payouts.create.happens", values),
      confirm: t("payouts.create.submit", values),
    })
    if (!isSure) {
      return
    }
    try {
      const { transfer, is_new } = await command.mutateAsync({
        beneficiary_id: payee.id,
        amount,
        currency_code: currency,
        purpose: purpose.trim(),
        // Midnight of the place where it was typed.
        ...(day === "" ? {} : { send_at: new Date(`${day}T00:00:00`) }),
        ...(externalId.trim() ? { external_id: externalId.trim() } : {}),
        ...(metadata === null ? {} : { metadata }),
        idempotency_key: key,
      })
      for (const forget of [
        forgetPayee,
        forgetAmount,
        forgetCurrency,
        forgetPurpose,
        forgetDay,
        forgetExternalId,
        forgetMetadata,
        newKey,
      ]) {
        forget()
      }
      toast.success(t(is_new ? "payouts.create.done" : "payouts.create.doneBefore", values))
      onMade()
      navigate(`/payouts/${transfer.id}`)
    } catch {
      // shown by the form, with what was typed
    }
  }

  return {
    payee,
    choosePayee,
    currencies,
    currency,
    setCurrency,
    decimals,
    limit: most ? money(most, currency) : undefined,
    typed,
    setTyped,
    amount,
    purpose,
    setPurpose,
    day,
    setDay,
    externalId,
    setExternalId,
    metadataLines,
    setMetadataLines,
    command,
    isComplete,
    make,
    whatHappens:
      rules &&
      t(`payouts.create.rules.${rules.approval}`, { count: rules.approval_expires_in_days }),
    startAnew: () => {
      newKey()
      command.reset()
    },
  }
}

function ChosenPayee({
  payee,
  onChange,
}: {
  payee: Pick<Beneficiary, "name" | "account_hint" | "provider_id">
  onChange: () => void
}) {
  const { t } = usePayoutWords()
  const providerName = useProviderName()
  return (
    <div className="shadow-elevation-card-rest flex items-center justify-between gap-x-2 rounded-lg">
      <div className="min-w-0 flex-1">
        <Fact label={t("payouts.columns.payee")}>
          <span className="flex flex-col">
            <span>{payee.name}</span>
            <span className="text-ui-fg-subtle">
              {[providerName(payee.provider_id), payee.account_hint].filter(Boolean).join(" · ")}
            </span>
          </span>
        </Fact>
      </div>
      <Button type="button" size="small" variant="transparent" className="mr-3" onClick={onChange}>
        {t("beneficiaries.choose.other")}
      </Button>
    </div>
  )
}

function CurrencyField({
  currency,
  currencies,
  onChange,
}: {
  currency: string
  currencies: readonly string[]
  onChange: (currency: string) => void
}) {
  const { t } = usePayoutWords()
  const id = useId()
  return (
    <LabeledField id={id} label={t("payments.currency")}>
      <Select value={currency} onValueChange={onChange}>
        <Select.Trigger id={id}>
          <Select.Value />
        </Select.Trigger>
        <Select.Content>
          {currencies.map((code) => (
            <Select.Item key={code} value={code}>
              {code.toUpperCase()}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
    </LabeledField>
  )
}
