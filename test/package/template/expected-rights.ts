const records = "<InferenceLogBucket.Arn>/inference-log/*";
const newRecords = "<InferenceLogBucket.Arn>/inference-log/date=*";
const sessions = "<InferenceLogBucket.Arn>/inference-log/sessions/*";
const undelivered = "<InferenceLogBucket.Arn>/inference-log-errors/*";
const seenTotals = "<InferenceLogBucket.Arn>/inference-log/totals-seen.json";
const serviceState = "<InferenceLogBucket.Arn>/service-state/predict.json";
const labels = "<InferenceLogBucket.Arn>/labels/*";
const lease = "<InferenceLogBucket.Arn>/inference-log-maintenance.json";
const reports = "<InferenceLogBucket.Arn>/drift-reports/*";
const reference = "<InferenceLogBucket.Arn>/drift-reference/*";
const driftState = "<InferenceLogBucket.Arn>/drift-state/*";
const recordsBucket = "<InferenceLogBucket.Arn>";
const uploads = "<UploadBucket.Arn>/photographs/*";
const artifactBucket = "arn:<AWS::Partition>:s3:::mlflow";
const artifacts = `${artifactBucket}/artifacts/*`;

const writeLog = (group: string) => [
  `logs:CreateLogStream <${group}.Arn>`,
  `logs:PutLogEvents <${group}.Arn>`,
];

/** Every right of every role: an action and the resource it is allowed on. */
export const expectedRights: Record<string, string[]> = {
  PredictRole: [
    ...writeLog("PredictLogGroup"),
    `s3:PutObject ${newRecords}`,
    `s3:PutObject ${sessions}`,
    `s3:PutObject ${serviceState}`,
    `s3:GetObject ${uploads}`,
    `s3:DeleteObject ${uploads}`,
    "s3:ListBucket <UploadBucket.Arn>",
    "s3:PutObject <PhotographBucket.Arn>/kept/*",
    "s3:PutObject <PhotographBucket.Arn>/waiting/*",
    `s3:GetObject ${artifacts}`,
    `s3:ListBucket ${artifactBucket}`,
  ],
  HealthRole: [
    ...writeLog("HealthLogGroup"),
    `s3:PutObject ${newRecords}`,
    `s3:PutObject ${sessions}`,
    `s3:GetObject ${serviceState}`,
    `s3:ListBucket ${recordsBucket}`,
  ],
  MetricsRole: [
    ...writeLog("MetricsLogGroup"),
    `s3:GetObject ${records}`,
    `s3:GetObject ${reports}`,
    `s3:GetObject ${reference}`,
    `s3:PutObject ${seenTotals}`,
    `s3:ListBucket ${recordsBucket}`,
  ],
  UploadsRole: [...writeLog("UploadsLogGroup"), `s3:PutObject ${uploads}`],
  LabelsRole: [
    ...writeLog("LabelsLogGroup"),
    `s3:GetObject ${records}`,
    `s3:GetObject ${labels}`,
    `s3:PutObject ${labels}`,
    "s3:GetObject <PhotographBucket.Arn>/waiting/*",
    "s3:DeleteObject <PhotographBucket.Arn>/waiting/*",
    "s3:PutObject <PhotographBucket.Arn>/kept/*",
    `s3:ListBucket ${recordsBucket}`,
    "s3:ListBucket <PhotographBucket.Arn>",
  ],
  AuthorizeRole: [
    ...writeLog("AuthorizeLogGroup"),
    "s3:GetObject <InferenceLogBucket.Arn>/access/keys.json",
    `s3:ListBucket ${recordsBucket}`,
  ],
  DocsRole: writeLog("DocsLogGroup"),
  DriftRole: [
    ...writeLog("DriftLogGroup"),
    `s3:GetObject ${records}`,
    `s3:PutObject ${records}`,
    `s3:DeleteObject ${records}`,
    `s3:GetObject ${lease}`,
    `s3:PutObject ${lease}`,
    `s3:GetObject ${labels}`,
    `s3:GetObject ${reference}`,
    `s3:PutObject ${reference}`,
    `s3:GetObject ${driftState}`,
    `s3:PutObject ${driftState}`,
    "sns:Publish <AlarmTopic>",
    `s3:GetObject ${artifacts}`,
    `s3:ListBucket ${artifactBucket}`,
    `s3:PutObject ${reports}`,
    `s3:PutObject ${artifacts}/artifacts/drift-report.html`,
    `s3:PutObject ${artifacts}/artifacts/drift-report.json`,
    `s3:ListBucket ${recordsBucket}`,
  ],
  LearningRole: [
    ...writeLog("LearningLogGroup"),
    `s3:GetObject ${records}`,
    `s3:GetObject ${labels}`,
    "s3:GetObject <InferenceLogBucket.Arn>/drift-state/alert.json",
    "s3:GetObject <InferenceLogBucket.Arn>/retraining/state.json",
    "s3:GetObject <InferenceLogBucket.Arn>/learning/labels.jsonl",
    "s3:PutObject <InferenceLogBucket.Arn>/learning/labels.jsonl",
    `s3:ListBucket ${recordsBucket}`,
    `s3:PutObject ${artifacts}/artifacts/comparison.html`,
    `s3:PutObject ${artifacts}/artifacts/comparison.json`,
  ],
  RetrainingJobRole: [
    `s3:GetObject ${labels}`,
    "s3:GetObject <InferenceLogBucket.Arn>/drift-state/alert.json",
    "s3:GetObject <PhotographBucket.Arn>/kept/*",
    "s3:GetObject <InferenceLogBucket.Arn>/retraining/state.json",
    "s3:PutObject <InferenceLogBucket.Arn>/retraining/state.json",
    `s3:GetObject ${artifactBucket}/*`,
    `s3:PutObject ${artifactBucket}/*`,
    `s3:ListBucket ${recordsBucket}`,
    "s3:ListBucket <PhotographBucket.Arn>",
    `s3:ListBucket ${artifactBucket}`,
  ],
  RetrainingExecutionRole: [
    "ecr:GetAuthorizationToken *",
    "ecr:BatchCheckLayerAvailability arn:<AWS::Partition>:ecr:<AWS::Region>:<AWS::AccountId>:repository/*",
    "ecr:BatchGetImage arn:<AWS::Partition>:ecr:<AWS::Region>:<AWS::AccountId>:repository/*",
    "ecr:GetDownloadUrlForLayer arn:<AWS::Partition>:ecr:<AWS::Region>:<AWS::AccountId>:repository/*",
    ...writeLog("RetrainingLogGroup"),
  ],
  RetrainingRuleRole: ["batch:SubmitJob <RetrainingQueue>", "batch:SubmitJob <RetrainingJob>"],
  LogStreamRole: [
    `s3:PutObject ${records}`,
    `s3:AbortMultipartUpload ${records}`,
    `s3:PutObject ${undelivered}`,
    `s3:AbortMultipartUpload ${undelivered}`,
    `s3:GetBucketLocation ${recordsBucket}`,
    `s3:ListBucket ${recordsBucket}`,
    `s3:ListBucketMultipartUploads ${recordsBucket}`,
  ],
};
