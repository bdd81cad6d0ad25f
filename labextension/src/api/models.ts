/** Short names for what the contract sends. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type AppName = Schemas['AppName'];
export type AppDomain = Schemas['Domain'];
export type AppVariable = Schemas['AppVariable'];
export type Approval = Schemas['Approval'];
export type Anchor = Schemas['Anchor'];
export type BudgetLeft = Schemas['BudgetLeft'];
export type Card = Schemas['Card'];
export type CellChange = Schemas['CellChange'];
export type ChangedFile = Schemas['ChangedFile'];
export type CreatedKey = Schemas['CreatedKey'];
export type DeployedApp = Schemas['DeployedApp'];
export type DeployedRelease = Schemas['DeployedRelease'];
export type Deployment = Schemas['Deployment'];
export type DeployPlan = Schemas['Plan'];
export type BookRun = Schemas['BookRun'];
export type ProjectCheck = Schemas['ProjectCheck'];
export type DeployTarget = Schemas['DeployTarget'];
export type TargetNeed = Schemas['TargetNeed'];
export type Discussion = Schemas['Discussion'];
export type FileDiff = Schemas['FileDiff'];
export type FileEntry = Schemas['FileEntry'];
export type Found = Schemas['Found'];
export type Fragment = Schemas['Fragment'];
export type Hit = Schemas['Hit'];
export type Key = Schemas['Key'];
export type Line = Schemas['Line'];
export type Level = NonNullable<Project['level']>;
export type Lineage = Schemas['Lineage'];
export type LogLine = Schemas['LogLine'];
export type LogNews = Schemas['LogNews'];
export type LineageNode = Schemas['LineageNode'];
export type Mark = Schemas['Mark'];
export type McpServer = Schemas['McpServer'];
export type McpServerList = Schemas['McpServerList'];
export type McpTool = Schemas['McpTool'];
export type Me = Schemas['Me'];
export type Member = Schemas['Member'];
export type Moment = Schemas['Moment'];
export type Memory = Schemas['Memory'];
export type Message = Schemas['Message'];
export type NewTutorPolicy = Schemas['NewTutorPolicy'];
export type NotebookDiff = Schemas['NotebookDiff'];
export type Outputs = Schemas['Outputs'];
export type PromptLabel = Schemas['PromptLabel'];
export type PersonRef = Schemas['PersonRef'];
export type Preview = Schemas['Preview'];
export type Profile = Schemas['Profile'];
export type Project = Schemas['Project'];
export type ProjectChange = Schemas['ProjectChange'];
export type ProjectTrust = Schemas['ProjectTrust'];
export type ProjectRef = Schemas['ProjectRef'];
export type ProposedPlan = Schemas['ProposedPlan'];
export type Quote = Schemas['Quote'];
export type Role = Member['role'];
export type RulesView = Schemas['RulesView'];
export type ShownPart = Schemas['Shown'];
export type SuggestedChange = Schemas['SuggestedChange'];
export type Suggestion = Schemas['Suggestion'];
export type TemplateInfo = Schemas['TemplateInfo'];
export type TextDiff = Schemas['TextDiff'];
export type Thread = Schemas['Thread'];
export type Evaluation = Schemas['Evaluation'];
export type EvaluationContrast = Schemas['Contrast'];
export type Experiment = Schemas['Experiment'];
export type OutcomeChoice = Schemas['Choice'];
export type OutcomeReport = Schemas['OutcomeReport'];
export type OutcomeSummary = Schemas['Summary'];
export type OutputLine = Schemas['OutputLine'];
export type Plot = Schemas['Plot'];
export type Rate = Schemas['Rate'];
export type VariantResult = Schemas['VariantResult'];
export type VersionOutcome = Schemas['VersionOutcome'];
export type TutorBinding = Schemas['Binding'];
export type Tutored = Schemas['Tutored'];
export type TutorPolicy = Schemas['TutorPolicy'];
export type Version = Schemas['Version'];
export type Visits = Schemas['Visits'];

/** How the gallery can be ordered. */
export type Order = 'new' | 'trending' | 'most-remixed';

/** Some items; `next` asks for those that follow, null at the end. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** What an import or a remix made; `left_out` says which files did not come along, and why. */
export interface Made {
  readonly project_id: string;
  readonly folder: string | null;
  readonly left_out: readonly { readonly path: string; readonly reason: string }[];
}

/** Long work; the contract leaves open what its result is, and all of today's make a project. */
export type Job = Omit<Schemas['Job'], 'result'> & { readonly result: Made | null };
export type Spent = Schemas['Spent'];
export type UsageReport = Schemas['UsageReport'];
export type AskedInput = Schemas['AskedInput'];
export type Difference = Schemas['Difference'];
export type ChangeRequest = Schemas['ChangeRequest'];
export type PromptComment = Schemas['PromptComment'];
export type ProposedChange = Schemas['ProposedChange'];
export type PromptCard = Schemas['PromptCard'];
export type PromptContent = Schemas['PromptContent'];
export type PromptDiff = Schemas['PromptDiff'];
export type PromptVersion = Schemas['PromptVersion'];
export type Rendered = Schemas['Rendered'];
export type Rendering = Schemas['Rendering'];
export type Estimate = Schemas['Estimate'];
