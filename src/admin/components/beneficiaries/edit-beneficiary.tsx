import { Label, Switch } from "@medusajs/ui"
import { useId, useState } from "react"
import { useDoOnce } from "../ask-once"
import { Form, FormEnd } from "../form-fields"
import { Loaded } from "../problem"
import {
  usePayoutProviders,
  usePayoutRules,
  useProviderName,
  type PayoutProvider,
} from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { SideDrawer } from "../side-drawer"
import { useTransferCount } from "../transfers/api"
import { useBeneficiaryCommand, type BeneficiaryDetail } from "./api"
import {
  ContactFields,
  KindField,
  type Contact,
  filled,
  isComplete,
  ProviderFields,
  type FieldValues,
} from "./beneficiary-fields"
import { StrongText, SubtleText } from "../text"

/** Changes what a beneficiary says; before it is saved, the form says what that sets in motion. */
export function EditBeneficiary({
  beneficiary,
  onClose,
}: {
  beneficiary: BeneficiaryDetail
  onClose: () => void
}) {
  const { t } = usePayoutWords()
  return (
    <SideDrawer title={t("beneficiaries.edit.title", { name: beneficiary.name })} onClose={onClose}>
      <Loaded answer={usePayoutProviders()} skeleton="h-64">
        {(providers) => (
          <EditForm
            beneficiary={beneficiary}
            provider={providers.find(({ id }) => id === beneficiary.provider_id)}
            onClose={onClose}
          />
        )}
      </Loaded>
    </SideDrawer>
  )
}

function EditForm({
  beneficiary,
  provider,
  onClose,
}: {
  beneficiary: BeneficiaryDetail
  provider: PayoutProvider | undefined
  onClose: () => void
}) {
  const { t } = usePayoutWords()
  const command = useBeneficiaryCommand(beneficiary.id)
  const doOnce = useDoOnce()
  const [contact, setContact] = useState(() => contactOf(beneficiary))
  const [changesAccount, setChangesAccount] = useState(false)
  const [account, setAccount] = useState<FieldValues>({})
  const change = changeOf(beneficiary, contact, changesAccount ? account : undefined)
  const consequences = useConsequences(beneficiary, changesAccount)
  const accountFields = provider?.capabilities.account_fields ?? []
  const isReady =
    Object.keys(change).length > 0 &&
    contact.name.trim() !== "" &&
    isComplete(provider?.capabilities.contact_fields ?? [], contact) &&
    (!changesAccount || isComplete(accountFields, account))

  const save = async () => {
    const values = { name: beneficiary.name }
    const isDone = await doOnce(
      {
        title: t("beneficiaries.edit.ask", values),
        description: consequences.join(" "),
        confirm: t("beneficiaries.edit.submit"),
        isDangerous: changesAccount,
      },
      async () => await command.mutateAsync({ verb: "change", ...change }),
      t("beneficiaries.edit.done", values)
    )
    if (isDone) {
      onClose()
    }
  }

  return (
    <Form
      className="flex flex-col gap-y-6 px-6 py-4"
      onSubmit={() => {
        if (isReady) {
          void save()
        }
      }}
    >
      <KindField kind={contact.kind} onChange={(kind) => setContact({ ...contact, kind })} />
      <ContactFields
        fields={provider?.capabilities.contact_fields ?? []}
        contact={contact}
        onChange={setContact}
      />
      {accountFields.length > 0 && (
        <ChangeAccount
          hint={beneficiary.account_hint}
          isOn={changesAccount}
          onToggle={setChangesAccount}
        />
      )}
      {changesAccount && (
        <ProviderFields
          legend={t("beneficiaries.edit.newAccount")}
          explained={t("beneficiaries.edit.wholeAccount")}
          fields={accountFields}
          values={account}
          onChange={setAccount}
        />
      )}
      <Consequences said={consequences} />
      <FormEnd
        error={command.error}
        onCancel={onClose}
        submit={t("beneficiaries.edit.submit")}
        isBlocked={!isReady}
        isBusy={command.isPending}
        isDangerous={changesAccount}
      />
    </Form>
  )
}

function contactOf({ kind, name, phone, email, shop_name }: BeneficiaryDetail): Contact {
  return { kind, name, phone: phone ?? "", email: email ?? "", shop_name: shop_name ?? "" }
}

/** Only what differs; a text that was emptied is taken away. */
function changeOf(before: BeneficiaryDetail, after: Contact, account: FieldValues | undefined) {
  const text = (name: "phone" | "email" | "shop_name") =>
    after[name].trim() === (before[name] ?? "") ? {} : { [name]: after[name].trim() || null }
  return {
    ...(after.kind === before.kind ? {} : { kind: after.kind }),
    ...(after.name.trim() === before.name ? {} : { name: after.name.trim() }),
    ...text("phone"),
    ...text("email"),
    ...text("shop_name"),
    ...(account === undefined ? {} : { account: filled(account) }),
  }
}

/** What a change sets in motion, in sentences; by the rules of the shop, and by what is under way to this beneficiary. */
function useConsequences(
  { id, provider_id }: BeneficiaryDetail,
  changesAccount: boolean
): string[] {
  const { t } = usePayoutWords()
  const providerName = useProviderName()
  const { data: rules } = usePayoutRules()
  const approved = useTransferCount({ beneficiary_id: id, status: "approved" }) ?? 0
  const waiting = useTransferCount({ beneficiary_id: id, status: "awaiting_approval" }) ?? 0
  const hours = rules?.account_cooling_off_hours ?? 0
  return [
    t("beneficiaries.edit.version"),
    ...(approved > 0 ? [t("beneficiaries.edit.voided", { count: approved })] : []),
    ...(waiting > 0 ? [t("beneficiaries.edit.shown", { count: waiting })] : []),
    ...(rules?.approval === "second_person" ? [t("beneficiaries.edit.barred")] : []),
    ...(changesAccount
      ? [t("beneficiaries.edit.told", { gateway: providerName(provider_id) })]
      : []),
    ...(changesAccount && hours > 0 ? [t("beneficiaries.edit.coolingOff", { count: hours })] : []),
  ]
}

function Consequences({ said }: { said: readonly string[] }) {
  const { t } = usePayoutWords()
  return (
    <section
      className="bg-ui-bg-subtle rounded-lg px-4 py-3"
      aria-label={t("beneficiaries.edit.happens")}
      aria-live="polite"
    >
      <StrongText>{t("beneficiaries.edit.happens")}</StrongText>
      <ul className="mt-1 list-disc pl-4">
        {said.map((sentence) => (
          <li key={sentence} className="txt-small text-ui-fg-subtle">
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  )
}

function ChangeAccount({
  hint,
  isOn,
  onToggle,
}: {
  hint: string | null
  isOn: boolean
  onToggle: (isOn: boolean) => void
}) {
  const { t } = usePayoutWords()
  const id = useId()
  return (
    <div className="flex items-start gap-x-3">
      <Switch id={id} checked={isOn} onCheckedChange={onToggle} />
      <div className="flex flex-col">
        <Label htmlFor={id} size="small" weight="plus">
          {t("beneficiaries.edit.changeAccount")}
        </Label>
        <SubtleText>
          {hint === null
            ? t("payouts.noAccount")
            : t("beneficiaries.edit.presentAccount", { account: hint })}
        </SubtleText>
      </div>
    </div>
  )
}
