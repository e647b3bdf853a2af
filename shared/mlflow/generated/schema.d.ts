// Made by `npm run generate:mlflow`; do not edit.

export interface paths {
    "/ajax-api/2.0/mlflow/experiments/search-datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search datasets that runs of experiments used */
        post: operations["searchDatasetsOfExperiments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ajax-api/2.0/mlflow/get-trace-artifact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the spans of a trace, or one of its attachments */
        get: operations["getTraceArtifactV2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ajax-api/2.0/mlflow/logged-models/{model_id}/artifacts/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file of a logged model */
        get: operations["getLoggedModelArtifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ajax-api/2.0/mlflow/metrics/get-history-bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one metric's history of several runs; a NaN in it is written bare, which is not JSON */
        get: operations["getMetricHistoryBulk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ajax-api/2.0/mlflow/upload-artifact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file of up to 10 MB to a run */
        post: operations["uploadRunArtifact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ajax-api/3.0/mlflow/get-trace-artifact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the spans of a trace, or one of its attachments */
        get: operations["getTraceArtifactV3"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow-artifacts/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List proxied artifacts */
        get: operations["listProxiedArtifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow-artifacts/artifacts/{artifact_path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file */
        get: operations["downloadArtifact"];
        /** Upload a file */
        put: operations["uploadArtifact"];
        post?: never;
        /** Delete artifact */
        delete: operations["deleteArtifact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow-artifacts/mpu/abort/{artifact_path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Abort multipart upload */
        post: operations["abortMultipartUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow-artifacts/mpu/complete/{artifact_path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete multipart upload */
        post: operations["completeMultipartUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow-artifacts/mpu/create/{artifact_path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create multipart upload */
        post: operations["createMultipartUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow-artifacts/presigned/{artifact_path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get presigned download url */
        get: operations["getPresignedDownloadUrl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/artifacts/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List artifacts */
        get: operations["listArtifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/artifacts/presigned-download-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create presigned download url */
        post: operations["createPresignedDownloadUrl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/artifacts/presigned-upload-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create presigned upload url */
        post: operations["createPresignedUploadUrl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/experiments/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create experiment */
        post: operations["createExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/experiments/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete experiment */
        post: operations["deleteExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/experiments/delete-experiment-tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete experiment tag */
        post: operations["deleteExperimentTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/experiments/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get experiment */
        get: operations["getExperiment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/experiments/get-by-name": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get experiment by name */
        get: operations["getExperimentByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/experiments/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore experiment */
        post: operations["restoreExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/experiments/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search experiments with get */
        get: operations["searchExperimentsWithGet"];
        put?: never;
        /** Search experiments */
        post: operations["searchExperiments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/experiments/set-experiment-tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set experiment tag */
        post: operations["setExperimentTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/experiments/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Update experiment */
        post: operations["updateExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/get-online-trace-details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get online trace details */
        get: operations["getOnlineTraceDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/logged-models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create logged model */
        post: operations["createLoggedModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/logged-models/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search logged models */
        post: operations["searchLoggedModels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/logged-models/{model_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get logged model */
        get: operations["getLoggedModel"];
        put?: never;
        post?: never;
        /** Delete logged model */
        delete: operations["deleteLoggedModel"];
        options?: never;
        head?: never;
        /** Finalize logged model */
        patch: operations["finalizeLoggedModel"];
        trace?: never;
    };
    "/api/2.0/mlflow/logged-models/{model_id}/artifacts/directories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List logged model artifacts */
        get: operations["listLoggedModelArtifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/logged-models/{model_id}/params": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log logged model params */
        post: operations["logLoggedModelParams"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/logged-models/{model_id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set logged model tags */
        patch: operations["setLoggedModelTags"];
        trace?: never;
    };
    "/api/2.0/mlflow/logged-models/{model_id}/tags/{tag_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete logged model tag */
        delete: operations["deleteLoggedModelTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/metrics/get-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get metric history */
        get: operations["getMetricHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/metrics/get-history-bulk-interval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get metric history bulk interval */
        get: operations["getMetricHistoryBulkInterval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/model-versions/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create model version */
        post: operations["createModelVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/model-versions/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete model version */
        delete: operations["deleteModelVersion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/model-versions/delete-tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete model version tag */
        delete: operations["deleteModelVersionTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/model-versions/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get model version */
        get: operations["getModelVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/model-versions/get-download-uri": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get model version download uri */
        get: operations["getModelVersionDownloadUri"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/model-versions/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search model versions */
        get: operations["searchModelVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/model-versions/set-tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set model version tag */
        post: operations["setModelVersionTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/model-versions/transition-stage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Transition model version stage */
        post: operations["transitionModelVersionStage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/model-versions/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Update model version */
        patch: operations["updateModelVersion"];
        trace?: never;
    };
    "/api/2.0/mlflow/registered-models/alias": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get model version by alias */
        get: operations["getModelVersionByAlias"];
        put?: never;
        /** Set registered model alias */
        post: operations["setRegisteredModelAlias"];
        /** Delete registered model alias */
        delete: operations["deleteRegisteredModelAlias"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/registered-models/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create registered model */
        post: operations["createRegisteredModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/registered-models/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete registered model */
        delete: operations["deleteRegisteredModel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/registered-models/delete-tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete registered model tag */
        delete: operations["deleteRegisteredModelTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/registered-models/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get registered model */
        get: operations["getRegisteredModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/registered-models/get-latest-versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get latest versions with get */
        get: operations["getLatestVersionsWithGet"];
        put?: never;
        /** Get latest versions */
        post: operations["getLatestVersions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/registered-models/rename": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rename registered model */
        post: operations["renameRegisteredModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/registered-models/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search registered models */
        get: operations["searchRegisteredModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/registered-models/set-tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set registered model tag */
        post: operations["setRegisteredModelTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/registered-models/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Update registered model */
        patch: operations["updateRegisteredModel"];
        trace?: never;
    };
    "/api/2.0/mlflow/runs/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create run */
        post: operations["createRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete run */
        post: operations["deleteRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/delete-tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete tag */
        post: operations["deleteTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get run */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/log-batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log batch */
        post: operations["logBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/log-inputs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log inputs */
        post: operations["logInputs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/log-metric": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log metric */
        post: operations["logMetric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/log-model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log model */
        post: operations["logModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/log-parameter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log param */
        post: operations["logParam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/outputs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log outputs */
        post: operations["logOutputs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore run */
        post: operations["restoreRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search runs */
        post: operations["searchRuns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/set-tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set tag */
        post: operations["setTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/runs/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Update run */
        post: operations["updateRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search traces */
        get: operations["searchTraces"];
        put?: never;
        /** Start trace */
        post: operations["startTrace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/traces/delete-traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete traces */
        post: operations["deleteTraces"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/traces/link-prompts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Link prompts to trace */
        post: operations["linkPromptsToTrace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/traces/link-to-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Link traces to run */
        post: operations["linkTracesToRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/traces/{request_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** End trace */
        patch: operations["endTrace"];
        trace?: never;
    };
    "/api/2.0/mlflow/traces/{request_id}/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get trace info */
        get: operations["getTraceInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/traces/{request_id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete trace tag */
        delete: operations["deleteTraceTag"];
        options?: never;
        head?: never;
        /** Set trace tag */
        patch: operations["setTraceTag"];
        trace?: never;
    };
    "/api/2.0/mlflow/unified-traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search unified trace handler */
        get: operations["searchUnifiedTraceHandler"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/users/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create user */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/users/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the user who asks */
        get: operations["getCurrentUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/users/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete user */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/users/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get user */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/users/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/users/update-admin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Make a user an administrator, or not */
        patch: operations["updateUserAdmin"];
        trace?: never;
    };
    "/api/2.0/mlflow/users/update-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a password; one's own needs the current one */
        patch: operations["updateUserPassword"];
        trace?: never;
    };
    "/api/2.0/mlflow/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks */
        get: operations["listWebhooks"];
        put?: never;
        /** Create webhook */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0/mlflow/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get webhook */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Delete webhook */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /** Update webhook */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/api/2.0/mlflow/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Test webhook */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/2.0mlflow/experiments/search-datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search datasets */
        post: operations["searchDatasets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/datasets/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create dataset */
        post: operations["createDataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/datasets/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search evaluation datasets with get */
        get: operations["searchEvaluationDatasetsWithGet"];
        put?: never;
        /** Search evaluation datasets */
        post: operations["searchEvaluationDatasets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/datasets/{dataset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get dataset */
        get: operations["getDataset"];
        put?: never;
        post?: never;
        /** Delete dataset */
        delete: operations["deleteDataset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/datasets/{dataset_id}/add-experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add dataset to experiments */
        post: operations["addDatasetToExperiments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/datasets/{dataset_id}/experiment-ids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get dataset experiment ids */
        get: operations["getDatasetExperimentIds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/datasets/{dataset_id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get dataset records */
        get: operations["getDatasetRecords"];
        put?: never;
        /** Upsert dataset records */
        post: operations["upsertDatasetRecords"];
        /** Delete dataset records */
        delete: operations["deleteDatasetRecords"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/datasets/{dataset_id}/remove-experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove dataset from experiments */
        post: operations["removeDatasetFromExperiments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/datasets/{dataset_id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set dataset tags */
        patch: operations["setDatasetTags"];
        trace?: never;
    };
    "/api/3.0/mlflow/datasets/{dataset_id}/tags/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete dataset tag */
        delete: operations["deleteDatasetTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/budgets/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create budget policy */
        post: operations["createBudgetPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/budgets/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete budget policy */
        delete: operations["deleteBudgetPolicy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/budgets/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get budget policy */
        get: operations["getBudgetPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/budgets/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List budget policies */
        get: operations["listBudgetPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/budgets/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Update budget policy */
        post: operations["updateBudgetPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/budgets/windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List budget windows */
        get: operations["listBudgetWindows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/bindings/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create endpoint binding */
        post: operations["createEndpointBinding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/bindings/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete endpoint binding */
        delete: operations["deleteEndpointBinding"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/bindings/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List endpoint bindings */
        get: operations["listEndpointBindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create gateway endpoint */
        post: operations["createGatewayEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete gateway endpoint */
        delete: operations["deleteGatewayEndpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/delete-tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete gateway endpoint tag */
        delete: operations["deleteGatewayEndpointTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get gateway endpoint */
        get: operations["getGatewayEndpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List gateway endpoints */
        get: operations["listGatewayEndpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/models/attach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Attach model to endpoint */
        post: operations["attachModelToEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/models/detach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Detach model from endpoint */
        post: operations["detachModelFromEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/set-tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set gateway endpoint tag */
        post: operations["setGatewayEndpointTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/endpoints/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Update gateway endpoint */
        post: operations["updateGatewayEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/guardrails/add-to-endpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add guardrail to endpoint */
        post: operations["addGuardrailToEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/guardrails/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create gateway guardrail */
        post: operations["createGatewayGuardrail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/guardrails/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete gateway guardrail */
        delete: operations["deleteGatewayGuardrail"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/guardrails/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get gateway guardrail */
        get: operations["getGatewayGuardrail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/guardrails/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List gateway guardrails */
        get: operations["listGatewayGuardrails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/guardrails/list-for-endpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List endpoint guardrail configs */
        get: operations["listEndpointGuardrailConfigs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/guardrails/remove-from-endpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove guardrail from endpoint */
        delete: operations["removeGuardrailFromEndpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/guardrails/update-config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Update endpoint guardrail config */
        patch: operations["updateEndpointGuardrailConfig"];
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/model-definitions/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create gateway model definition */
        post: operations["createGatewayModelDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/model-definitions/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete gateway model definition */
        delete: operations["deleteGatewayModelDefinition"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/model-definitions/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get gateway model definition */
        get: operations["getGatewayModelDefinition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/model-definitions/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List gateway model definitions */
        get: operations["listGatewayModelDefinitions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/model-definitions/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Update gateway model definition */
        post: operations["updateGatewayModelDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/secrets/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create gateway secret */
        post: operations["createGatewaySecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/secrets/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete gateway secret */
        delete: operations["deleteGatewaySecret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/secrets/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get gateway secret info */
        get: operations["getGatewaySecretInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/secrets/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List gateway secret infos */
        get: operations["listGatewaySecretInfos"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/gateway/secrets/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Update gateway secret */
        post: operations["updateGatewaySecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/issues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create issue */
        post: operations["createIssue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/issues/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search issues */
        post: operations["searchIssues"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/issues/{issue_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get issue */
        get: operations["getIssue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Update issue */
        patch: operations["updateIssue"];
        trace?: never;
    };
    "/api/3.0/mlflow/label-schemas/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create label schema */
        post: operations["createLabelSchema"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/label-schemas/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete label schema */
        delete: operations["deleteLabelSchema"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/label-schemas/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get label schema */
        get: operations["getLabelSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/label-schemas/get-by-name": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get label schema by name */
        get: operations["getLabelSchemaByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/label-schemas/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List label schemas */
        get: operations["listLabelSchemas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/label-schemas/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Update label schema */
        patch: operations["updateLabelSchema"];
        trace?: never;
    };
    "/api/3.0/mlflow/prompt-optimization/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create prompt optimization job */
        post: operations["createPromptOptimizationJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/prompt-optimization/jobs/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search prompt optimization jobs with get */
        get: operations["searchPromptOptimizationJobsWithGet"];
        put?: never;
        /** Search prompt optimization jobs */
        post: operations["searchPromptOptimizationJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/prompt-optimization/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get prompt optimization job */
        get: operations["getPromptOptimizationJob"];
        put?: never;
        post?: never;
        /** Delete prompt optimization job */
        delete: operations["deletePromptOptimizationJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/prompt-optimization/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel prompt optimization job */
        post: operations["cancelPromptOptimizationJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/review-queues/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create review queue */
        post: operations["createReviewQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/review-queues/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete review queue */
        post: operations["deleteReviewQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/review-queues/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get review queue */
        get: operations["getReviewQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/review-queues/get-by-name": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get review queue by name */
        get: operations["getReviewQueueByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/review-queues/get-or-create-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get or create user queue */
        post: operations["getOrCreateUserQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/review-queues/items/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add items to review queue */
        post: operations["addItemsToReviewQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/review-queues/items/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List review queue items */
        get: operations["listReviewQueueItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/review-queues/items/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove items from review queue */
        post: operations["removeItemsFromReviewQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/review-queues/items/set-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set review queue item status */
        post: operations["setReviewQueueItemStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/review-queues/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List review queues */
        get: operations["listReviewQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/review-queues/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Update review queue */
        post: operations["updateReviewQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/roles/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a user a role */
        post: operations["assignRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/roles/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create role */
        post: operations["createRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/roles/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete role */
        delete: operations["deleteRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/roles/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get role */
        get: operations["getRole"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/roles/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List roles */
        get: operations["listRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/roles/permissions/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a permission to a role */
        post: operations["addRolePermission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/roles/permissions/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a role's permissions */
        get: operations["listRolePermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/roles/permissions/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a permission from a role */
        delete: operations["removeRolePermission"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/roles/permissions/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a permission of a role */
        patch: operations["updateRolePermission"];
        trace?: never;
    };
    "/api/3.0/mlflow/roles/unassign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a role from a user */
        delete: operations["unassignRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/roles/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a role's name or description */
        patch: operations["updateRole"];
        trace?: never;
    };
    "/api/3.0/mlflow/roles/users/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who has a role */
        get: operations["listRoleUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/scorers/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete scorer */
        delete: operations["deleteScorer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/scorers/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get scorer */
        get: operations["getScorer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/scorers/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List scorers */
        get: operations["listScorers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/scorers/online-config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set how a scorer samples live traces */
        put: operations["upsertOnlineScoringConfig"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/scorers/online-configs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get how scorers sample live traces */
        get: operations["getOnlineScoringConfigs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/scorers/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register scorer */
        post: operations["registerScorer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/scorers/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List scorer versions */
        get: operations["listScorerVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/server-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell which services are on */
        get: operations["getServerInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start trace v 3 */
        post: operations["startTraceV3"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/traces/batchGet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Batch get traces */
        get: operations["batchGetTraces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/traces/batchGetInfos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Batch get trace infos */
        post: operations["batchGetTraceInfos"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/traces/calculate-filter-correlation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calculate trace filter correlation */
        post: operations["calculateTraceFilterCorrelation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/traces/delete-traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete traces v 3 */
        post: operations["deleteTracesV3"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/traces/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get trace */
        get: operations["getTrace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/traces/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Query trace metrics */
        post: operations["queryTraceMetrics"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/traces/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search traces v 3 */
        post: operations["searchTracesV3"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/traces/{trace_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get trace info v 3 */
        get: operations["getTraceInfoV3"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/traces/{trace_id}/assessments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create assessment */
        post: operations["createAssessment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/traces/{trace_id}/assessments/{assessment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get assessment */
        get: operations["getAssessment"];
        put?: never;
        post?: never;
        /** Delete assessment */
        delete: operations["deleteAssessment"];
        options?: never;
        head?: never;
        /** Update assessment */
        patch: operations["updateAssessment"];
        trace?: never;
    };
    "/api/3.0/mlflow/traces/{trace_id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete trace tag v 3 */
        delete: operations["deleteTraceTagV3"];
        options?: never;
        head?: never;
        /** Set trace tag v 3 */
        patch: operations["setTraceTagV3"];
        trace?: never;
    };
    "/api/3.0/mlflow/users/current/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List permissions of the user who asks */
        get: operations["listCurrentUserPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/users/permissions/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get what a user may do with a resource */
        get: operations["getUserPermission"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/users/permissions/grant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Grant a user a permission */
        post: operations["grantUserPermission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/users/permissions/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's permissions */
        get: operations["listUserPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/users/permissions/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a permission from a user */
        post: operations["revokeUserPermission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/users/roles/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's roles */
        get: operations["listUserRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List workspaces */
        get: operations["listWorkspaces"];
        put?: never;
        /** Create workspace */
        post: operations["createWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/3.0/mlflow/workspaces/{workspace_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get workspace */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        /** Delete workspace */
        delete: operations["deleteWorkspace"];
        options?: never;
        head?: never;
        /** Update workspace */
        patch: operations["updateWorkspace"];
        trace?: never;
    };
    "/get-artifact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file of a run */
        get: operations["getRunArtifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell that the server runs */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model-versions/get-artifact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file of a model version */
        get: operations["getModelVersionArtifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell the version */
        get: operations["getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AbortMultipartUpload: {
            path: string;
            upload_id?: string;
        };
        AbortMultipartUploadResponse: Record<string, never>;
        AddDatasetToExperiments: {
            experiment_ids?: string[];
        };
        AddDatasetToExperimentsResponse: {
            dataset?: components["schemas"]["DatasetsDataset"];
        };
        AddGuardrailToEndpoint: {
            endpoint_id: string;
            guardrail_id: string;
            /** Format: int64 */
            execution_order?: number;
        };
        AddGuardrailToEndpointResponse: {
            config?: components["schemas"]["GatewayGuardrailConfig"];
        };
        AddItemsToReviewQueue: {
            queue_id: string;
            item_type?: components["schemas"]["ReviewItemType"];
            item_ids: string[];
        };
        AddItemsToReviewQueueResponse: {
            items?: components["schemas"]["ReviewQueueItem"][];
        };
        /** @enum {string} */
        AggregationType: "COUNT" | "SUM" | "AVG" | "PERCENTILE" | "MIN" | "MAX";
        AnyValue: {
            string_value?: string;
            bool_value?: boolean;
            /** Format: int64 */
            int_value?: number;
            double_value?: components["schemas"]["Double"];
            array_value?: components["schemas"]["ArrayValue"];
            kvlist_value?: components["schemas"]["KeyValueList"];
            bytes_value?: string;
            /** Format: int32 */
            string_value_strindex?: number;
        };
        ArrayValue: {
            values?: components["schemas"]["AnyValue"][];
        };
        ArtifactsFileInfo: {
            path: string;
            is_dir: boolean;
            /** Format: int64 */
            file_size?: number;
        };
        ArtifactsListArtifactsResponse: {
            files?: components["schemas"]["ArtifactsFileInfo"][];
        };
        Assessment: {
            assessment_id?: string;
            assessment_name?: string;
            trace_id?: string;
            span_id?: string;
            source?: components["schemas"]["AssessmentSource"];
            /** Format: date-time */
            create_time?: string;
            /** Format: date-time */
            last_update_time?: string;
            feedback?: components["schemas"]["Feedback"];
            expectation?: components["schemas"]["Expectation"];
            issue?: components["schemas"]["IssueReference"];
            rationale?: string;
            /** @deprecated */
            error?: components["schemas"]["AssessmentError"];
            metadata?: {
                [key: string]: string;
            };
            overrides?: string;
            /** @default true */
            valid?: boolean;
        };
        AssessmentError: {
            error_code?: string;
            error_message?: string;
            stack_trace?: string;
        };
        AssessmentSource: {
            source_type?: components["schemas"]["AssessmentSourceSourceType"];
            source_id?: string;
        };
        /** @enum {string} */
        AssessmentSourceSourceType: "SOURCE_TYPE_UNSPECIFIED" | "HUMAN" | "LLM_JUDGE" | "CODE";
        AttachModelToGatewayEndpoint: {
            endpoint_id: string;
            model_config: components["schemas"]["GatewayEndpointModelConfig"];
            created_by?: string;
        };
        AttachModelToGatewayEndpointResponse: {
            mapping?: components["schemas"]["GatewayEndpointModelMapping"];
        };
        BatchGetTraceInfos: {
            trace_ids: string[];
            experiment_ids?: string[];
        };
        BatchGetTraceInfosResponse: {
            trace_infos?: components["schemas"]["TraceInfoV3"][];
        };
        BatchGetTracesResponse: {
            traces?: components["schemas"]["Trace"][];
        };
        /** @enum {string} */
        BudgetAction: "BUDGET_ACTION_UNSPECIFIED" | "ALERT" | "REJECT";
        BudgetDuration: {
            unit?: components["schemas"]["BudgetDurationUnit"];
            /** Format: int32 */
            value?: number;
        };
        /** @enum {string} */
        BudgetDurationUnit: "DURATION_UNIT_UNSPECIFIED" | "MINUTES" | "HOURS" | "DAYS" | "WEEKS" | "MONTHS";
        /** @enum {string} */
        BudgetTargetScope: "TARGET_SCOPE_UNSPECIFIED" | "GLOBAL" | "WORKSPACE" | "ENDPOINT" | "USER";
        /** @enum {string} */
        BudgetUnit: "BUDGET_UNIT_UNSPECIFIED" | "USD";
        CalculateTraceFilterCorrelation: {
            experiment_ids: string[];
            filter_string1: string;
            filter_string2: string;
            base_filter?: string;
        };
        CalculateTraceFilterCorrelationResponse: {
            npmi?: components["schemas"]["Double"];
            npmi_smoothed?: components["schemas"]["Double"];
            /** Format: int32 */
            filter1_count?: number;
            /** Format: int32 */
            filter2_count?: number;
            /** Format: int32 */
            joint_count?: number;
            /** Format: int32 */
            total_count?: number;
        };
        CancelPromptOptimizationJob: Record<string, never>;
        CancelPromptOptimizationJobResponse: {
            job?: components["schemas"]["PromptOptimizationJob"];
        };
        CompleteMultipartUpload: {
            path: string;
            upload_id?: string;
            parts: components["schemas"]["MultipartUploadPart"][];
        };
        CompleteMultipartUploadResponse: Record<string, never>;
        CreateAssessment: {
            assessment: components["schemas"]["Assessment"];
        };
        CreateAssessmentResponse: {
            assessment?: components["schemas"]["Assessment"];
        };
        CreateDataset: {
            name: string;
            experiment_ids?: string[];
            source_type?: components["schemas"]["DatasetRecordSourceSourceType"];
            source?: string;
            schema?: string;
            profile?: string;
            created_by?: string;
            tags?: string;
        };
        CreateDatasetResponse: {
            dataset?: components["schemas"]["DatasetsDataset"];
        };
        CreateExperiment: {
            name: string;
            artifact_location?: string;
            tags?: components["schemas"]["ExperimentTag"][];
        };
        CreateExperimentResponse: {
            experiment_id: string;
        };
        CreateGatewayBudgetPolicy: {
            budget_unit: components["schemas"]["BudgetUnit"];
            budget_amount: components["schemas"]["Double"];
            duration: components["schemas"]["BudgetDuration"];
            target_scope: components["schemas"]["BudgetTargetScope"];
            budget_action: components["schemas"]["BudgetAction"];
            created_by?: string;
            target_value?: string;
        };
        CreateGatewayBudgetPolicyResponse: {
            budget_policy?: components["schemas"]["GatewayBudgetPolicy"];
        };
        CreateGatewayEndpoint: {
            name: string;
            model_configs: components["schemas"]["GatewayEndpointModelConfig"][];
            created_by?: string;
            routing_strategy?: components["schemas"]["RoutingStrategy"];
            fallback_config?: components["schemas"]["FallbackConfig"];
            experiment_id?: string;
            usage_tracking?: boolean;
        };
        CreateGatewayEndpointBinding: {
            endpoint_id: string;
            resource_type: string;
            resource_id: string;
            created_by?: string;
        };
        CreateGatewayEndpointBindingResponse: {
            binding?: components["schemas"]["GatewayEndpointBinding"];
        };
        CreateGatewayEndpointResponse: {
            endpoint?: components["schemas"]["GatewayEndpoint"];
        };
        CreateGatewayGuardrail: {
            name: string;
            scorer_id: string;
            /** Format: int64 */
            scorer_version: number;
            stage: components["schemas"]["GuardrailStage"];
            action: components["schemas"]["GuardrailAction"];
            action_endpoint_id?: string;
        };
        CreateGatewayGuardrailResponse: {
            guardrail?: components["schemas"]["GatewayGuardrail"];
        };
        CreateGatewayModelDefinition: {
            name: string;
            secret_id: string;
            provider: string;
            model_name: string;
            created_by?: string;
        };
        CreateGatewayModelDefinitionResponse: {
            model_definition?: components["schemas"]["GatewayModelDefinition"];
        };
        CreateGatewaySecret: {
            secret_name: string;
            secret_value: {
                [key: string]: string;
            };
            provider?: string;
            auth_config?: {
                [key: string]: string;
            };
            created_by?: string;
        };
        CreateGatewaySecretResponse: {
            secret?: components["schemas"]["GatewaySecretInfo"];
        };
        CreateIssue: {
            experiment_id: string;
            name: string;
            description: string;
            status?: string;
            severity?: string;
            root_causes?: string[];
            source_run_id?: string;
            created_by?: string;
            categories?: string[];
        };
        CreateIssueResponse: {
            issue?: components["schemas"]["Issue"];
        };
        CreateLabelSchema: {
            experiment_id: string;
            name: string;
            type: components["schemas"]["LabelSchemaType"];
            input: components["schemas"]["LabelSchemaInput"];
            instruction?: string;
            enable_comment?: boolean;
        };
        CreateLabelSchemaResponse: {
            label_schema?: components["schemas"]["LabelSchema"];
        };
        CreateLoggedModel: {
            experiment_id: string;
            name?: string;
            model_type?: string;
            source_run_id?: string;
            params?: components["schemas"]["LoggedModelParameter"][];
            tags?: components["schemas"]["LoggedModelTag"][];
        };
        CreateLoggedModelResponse: {
            model: components["schemas"]["LoggedModel"];
        };
        CreateModelVersion: {
            name: string;
            source: string;
            run_id?: string;
            tags?: components["schemas"]["ModelVersionTag"][];
            run_link?: string;
            description?: string;
            model_id?: string;
        };
        CreateModelVersionResponse: {
            model_version: components["schemas"]["ModelVersion"];
        };
        CreateMultipartUpload: {
            path: string;
            /** Format: int64 */
            num_parts?: number;
        };
        CreateMultipartUploadResponse: {
            upload_id?: string;
            credentials?: components["schemas"]["MultipartUploadCredential"][];
        };
        CreatePresignedDownloadUrl: {
            run_id: string;
            path: string;
            /** Format: int64 */
            expiration?: number;
        };
        CreatePresignedDownloadUrlResponse: {
            presigned_url?: string;
            headers?: {
                [key: string]: string;
            };
            /** Format: int64 */
            file_size?: number;
        };
        CreatePresignedUploadUrl: {
            run_id?: string;
            path: string;
            /** Format: int64 */
            expiration?: number;
            model_id?: string;
        };
        CreatePresignedUploadUrlResponse: {
            presigned_url?: string;
            headers?: {
                [key: string]: string;
            };
        };
        CreatePromptOptimizationJob: {
            experiment_id?: string;
            source_prompt_uri: string;
            config: components["schemas"]["PromptOptimizationJobConfig"];
            tags?: components["schemas"]["PromptOptimizationJobTag"][];
        };
        CreatePromptOptimizationJobResponse: {
            job?: components["schemas"]["PromptOptimizationJob"];
        };
        CreateRegisteredModel: {
            name: string;
            tags?: components["schemas"]["RegisteredModelTag"][];
            description?: string;
            deployment_job_id?: string;
        };
        CreateRegisteredModelResponse: {
            registered_model: components["schemas"]["RegisteredModel"];
        };
        CreateReviewQueue: {
            experiment_id: string;
            name: string;
            queue_type: components["schemas"]["ReviewQueueType"];
            created_by?: string;
            users?: string[];
            schema_ids?: string[];
        };
        CreateReviewQueueResponse: {
            review_queue?: components["schemas"]["ReviewQueue"];
        };
        CreateRun: {
            experiment_id: string;
            user_id?: string;
            run_name?: string;
            /** Format: int64 */
            start_time?: number;
            tags?: components["schemas"]["RunTag"][];
        };
        CreateRunResponse: {
            run: components["schemas"]["Run"];
        };
        CreateWebhook: {
            name: string;
            description?: string;
            url: string;
            events: components["schemas"]["WebhookEvent"][];
            secret?: string;
            status?: components["schemas"]["WebhookStatus"];
        };
        CreateWebhookResponse: {
            webhook?: components["schemas"]["Webhook"];
        };
        CreateWorkspace: {
            name: string;
            description?: string;
            default_artifact_root?: string;
            trace_archival_config?: components["schemas"]["TraceArchivalConfig"];
        };
        CreateWorkspaceResponse: {
            workspace?: components["schemas"]["Workspace"];
        };
        Dataset: {
            name?: string;
            digest?: string;
            source_type?: string;
            source?: string;
            schema?: string;
            profile?: string;
        };
        DatasetInput: {
            tags?: components["schemas"]["InputTag"][];
            dataset?: components["schemas"]["Dataset"];
        };
        /** @enum {string} */
        DatasetRecordSourceSourceType: "SOURCE_TYPE_UNSPECIFIED" | "TRACE" | "HUMAN" | "DOCUMENT" | "CODE";
        DatasetSummary: {
            experiment_id?: string;
            name?: string;
            digest?: string;
            context?: string;
        };
        DatasetsDataset: {
            dataset_id?: string;
            name?: string;
            tags?: string;
            schema?: string;
            profile?: string;
            digest?: string;
            /** Format: int64 */
            created_time?: number;
            /** Format: int64 */
            last_update_time?: number;
            created_by?: string;
            last_updated_by?: string;
            experiment_ids?: string[];
        };
        DeleteArtifact: Record<string, never>;
        DeleteArtifactResponse: Record<string, never>;
        DeleteAssessment: Record<string, never>;
        DeleteAssessmentResponse: Record<string, never>;
        DeleteDataset: Record<string, never>;
        DeleteDatasetRecords: {
            dataset_record_ids?: string[];
        };
        DeleteDatasetRecordsResponse: {
            /** Format: int32 */
            deleted_count?: number;
        };
        DeleteDatasetResponse: Record<string, never>;
        DeleteDatasetTag: Record<string, never>;
        DeleteDatasetTagResponse: Record<string, never>;
        DeleteExperiment: {
            experiment_id: string;
        };
        DeleteExperimentResponse: Record<string, never>;
        DeleteExperimentTag: {
            experiment_id: string;
            key: string;
        };
        DeleteExperimentTagResponse: Record<string, never>;
        DeleteGatewayBudgetPolicy: {
            budget_policy_id: string;
        };
        DeleteGatewayBudgetPolicyResponse: Record<string, never>;
        DeleteGatewayEndpoint: {
            endpoint_id: string;
        };
        DeleteGatewayEndpointBinding: {
            endpoint_id: string;
            resource_type: string;
            resource_id: string;
        };
        DeleteGatewayEndpointBindingResponse: Record<string, never>;
        DeleteGatewayEndpointResponse: Record<string, never>;
        DeleteGatewayEndpointTag: {
            endpoint_id: string;
            key: string;
        };
        DeleteGatewayEndpointTagResponse: Record<string, never>;
        DeleteGatewayGuardrail: {
            guardrail_id: string;
        };
        DeleteGatewayGuardrailResponse: Record<string, never>;
        DeleteGatewayModelDefinition: {
            model_definition_id: string;
        };
        DeleteGatewayModelDefinitionResponse: Record<string, never>;
        DeleteGatewaySecret: {
            secret_id: string;
        };
        DeleteGatewaySecretResponse: Record<string, never>;
        DeleteLabelSchema: {
            schema_id: string;
        };
        DeleteLabelSchemaResponse: Record<string, never>;
        DeleteLoggedModel: Record<string, never>;
        DeleteLoggedModelResponse: Record<string, never>;
        DeleteLoggedModelTag: Record<string, never>;
        DeleteLoggedModelTagResponse: Record<string, never>;
        DeleteModelVersion: {
            name: string;
            version: string;
        };
        DeleteModelVersionResponse: Record<string, never>;
        DeleteModelVersionTag: {
            name: string;
            version: string;
            key: string;
        };
        DeleteModelVersionTagResponse: Record<string, never>;
        DeletePromptOptimizationJob: Record<string, never>;
        DeletePromptOptimizationJobResponse: Record<string, never>;
        DeleteRegisteredModel: {
            name: string;
        };
        DeleteRegisteredModelAlias: {
            name: string;
            alias: string;
        };
        DeleteRegisteredModelAliasResponse: Record<string, never>;
        DeleteRegisteredModelResponse: Record<string, never>;
        DeleteRegisteredModelTag: {
            name: string;
            key: string;
        };
        DeleteRegisteredModelTagResponse: Record<string, never>;
        DeleteReviewQueue: {
            queue_id: string;
        };
        DeleteReviewQueueResponse: Record<string, never>;
        DeleteRun: {
            run_id: string;
        };
        DeleteRunResponse: Record<string, never>;
        DeleteScorer: {
            experiment_id: string;
            name: string;
            /** Format: int32 */
            version?: number;
        };
        DeleteScorerResponse: Record<string, never>;
        DeleteTag: {
            run_id: string;
            key: string;
        };
        DeleteTagResponse: Record<string, never>;
        DeleteTraceTag: {
            key: string;
        };
        DeleteTraceTagResponse: Record<string, never>;
        DeleteTraceTagV3: {
            key: string;
        };
        DeleteTraceTagV3Response: Record<string, never>;
        DeleteTraces: {
            experiment_id: string;
            /** Format: int64 */
            max_timestamp_millis?: number;
            /** Format: int32 */
            max_traces?: number;
            request_ids?: string[];
        };
        DeleteTracesResponse: {
            /** Format: int32 */
            traces_deleted?: number;
        };
        DeleteTracesV3: {
            experiment_id: string;
            /** Format: int64 */
            max_timestamp_millis?: number;
            /** Format: int32 */
            max_traces?: number;
            request_ids?: string[];
        };
        DeleteTracesV3Response: {
            /** Format: int32 */
            traces_deleted?: number;
        };
        DeleteWebhook: Record<string, never>;
        DeleteWebhookResponse: Record<string, never>;
        DeleteWorkspace: Record<string, never>;
        DeleteWorkspaceResponse: Record<string, never>;
        /** @enum {string} */
        DeploymentJobConnectionState: "DEPLOYMENT_JOB_CONNECTION_STATE_UNSPECIFIED" | "NOT_SET_UP" | "CONNECTED" | "NOT_FOUND" | "REQUIRED_PARAMETERS_CHANGED";
        DetachModelFromGatewayEndpoint: {
            endpoint_id: string;
            model_definition_id: string;
        };
        DetachModelFromGatewayEndpointResponse: Record<string, never>;
        DetailError: {
            detail: unknown;
        };
        /** @description A 64-bit float; what JSON has no number for travels as a string. */
        Double: number | ("NaN" | "Infinity" | "-Infinity");
        DownloadArtifactResponse: Record<string, never>;
        EndTrace: {
            /** Format: int64 */
            timestamp_ms?: number;
            status?: components["schemas"]["TraceStatus"];
            request_metadata?: WithRequired<components["schemas"]["TraceRequestMetadata"], "key">[];
            tags?: WithRequired<components["schemas"]["TraceTag"], "key">[];
        };
        EndTraceResponse: {
            trace_info?: components["schemas"]["TraceInfo"];
        };
        Expectation: {
            value?: unknown;
            serialized_value?: components["schemas"]["ExpectationSerializedValue"];
        };
        ExpectationSerializedValue: {
            serialization_format?: string;
            value?: string;
        };
        Experiment: {
            experiment_id: string;
            name: string;
            artifact_location: string;
            lifecycle_stage: string;
            /** Format: int64 */
            last_update_time?: number;
            /** Format: int64 */
            creation_time?: number;
            tags?: components["schemas"]["ExperimentTag"][];
            effective_trace_archival_retention?: string;
            workspace?: string;
        };
        ExperimentTag: {
            key?: string;
            value?: string;
        };
        FallbackConfig: {
            strategy?: components["schemas"]["FallbackStrategy"];
            /** Format: int32 */
            max_attempts?: number;
        };
        /** @enum {string} */
        FallbackStrategy: "FALLBACK_STRATEGY_UNSPECIFIED" | "SEQUENTIAL";
        Feedback: {
            value?: unknown;
            error?: components["schemas"]["AssessmentError"];
        };
        FileInfo: {
            path: string;
            is_dir: boolean;
            /** Format: int64 */
            file_size?: number;
        };
        FinalizeLoggedModel: {
            model_id: string;
            status: components["schemas"]["LoggedModelStatus"];
        };
        FinalizeLoggedModelResponse: {
            model: components["schemas"]["LoggedModel"];
        };
        GatewayBudgetPolicy: {
            budget_policy_id?: string;
            budget_unit?: components["schemas"]["BudgetUnit"];
            budget_amount?: components["schemas"]["Double"];
            duration?: components["schemas"]["BudgetDuration"];
            target_scope?: components["schemas"]["BudgetTargetScope"];
            budget_action?: components["schemas"]["BudgetAction"];
            created_by?: string;
            /** Format: int64 */
            created_at?: number;
            last_updated_by?: string;
            /** Format: int64 */
            last_updated_at?: number;
            target_value?: string;
        };
        GatewayEndpoint: {
            endpoint_id?: string;
            name?: string;
            /** Format: int64 */
            created_at?: number;
            /** Format: int64 */
            last_updated_at?: number;
            model_mappings?: components["schemas"]["GatewayEndpointModelMapping"][];
            created_by?: string;
            last_updated_by?: string;
            tags?: components["schemas"]["GatewayEndpointTag"][];
            routing_strategy?: components["schemas"]["RoutingStrategy"];
            fallback_config?: components["schemas"]["FallbackConfig"];
            experiment_id?: string;
            usage_tracking?: boolean;
        };
        GatewayEndpointBinding: {
            endpoint_id?: string;
            resource_type?: string;
            resource_id?: string;
            /** Format: int64 */
            created_at?: number;
            /** Format: int64 */
            last_updated_at?: number;
            created_by?: string;
            last_updated_by?: string;
            display_name?: string;
        };
        GatewayEndpointModelConfig: {
            model_definition_id?: string;
            linkage_type?: components["schemas"]["GatewayModelLinkageType"];
            weight?: components["schemas"]["Double"];
            /** Format: int32 */
            fallback_order?: number;
        };
        GatewayEndpointModelMapping: {
            mapping_id?: string;
            endpoint_id?: string;
            model_definition_id?: string;
            model_definition?: components["schemas"]["GatewayModelDefinition"];
            weight?: components["schemas"]["Double"];
            /** Format: int64 */
            created_at?: number;
            created_by?: string;
            linkage_type?: components["schemas"]["GatewayModelLinkageType"];
            /** Format: int32 */
            fallback_order?: number;
        };
        GatewayEndpointTag: {
            key?: string;
            value?: string;
        };
        GatewayGuardrail: {
            guardrail_id?: string;
            name?: string;
            scorer?: components["schemas"]["Scorer"];
            stage?: components["schemas"]["GuardrailStage"];
            action?: components["schemas"]["GuardrailAction"];
            action_endpoint_id?: string;
            created_by?: string;
            /** Format: int64 */
            created_at?: number;
            last_updated_by?: string;
            /** Format: int64 */
            last_updated_at?: number;
        };
        GatewayGuardrailConfig: {
            endpoint_id?: string;
            guardrail_id?: string;
            /** Format: int64 */
            execution_order?: number;
            created_by?: string;
            /** Format: int64 */
            created_at?: number;
            guardrail?: components["schemas"]["GatewayGuardrail"];
        };
        GatewayModelDefinition: {
            model_definition_id?: string;
            name?: string;
            secret_id?: string;
            secret_name?: string;
            provider?: string;
            model_name?: string;
            /** Format: int64 */
            created_at?: number;
            /** Format: int64 */
            last_updated_at?: number;
            created_by?: string;
            last_updated_by?: string;
        };
        /** @enum {string} */
        GatewayModelLinkageType: "LINKAGE_TYPE_UNSPECIFIED" | "PRIMARY" | "FALLBACK";
        GatewaySecretInfo: {
            secret_id?: string;
            secret_name?: string;
            masked_values?: {
                [key: string]: string;
            };
            /** Format: int64 */
            created_at?: number;
            /** Format: int64 */
            last_updated_at?: number;
            provider?: string;
            created_by?: string;
            last_updated_by?: string;
            auth_config?: {
                [key: string]: string;
            };
        };
        GetAssessmentRequestResponse: {
            assessment?: components["schemas"]["Assessment"];
        };
        GetDatasetExperimentIdsResponse: {
            experiment_ids?: string[];
        };
        GetDatasetRecordsResponse: {
            records?: string;
            next_page_token?: string;
        };
        GetDatasetResponse: {
            dataset?: components["schemas"]["DatasetsDataset"];
            next_page_token?: string;
        };
        GetExperimentByNameResponse: {
            experiment: components["schemas"]["Experiment"];
        };
        GetExperimentResponse: {
            experiment: components["schemas"]["Experiment"];
        };
        GetGatewayBudgetPolicyResponse: {
            budget_policy?: components["schemas"]["GatewayBudgetPolicy"];
        };
        GetGatewayEndpointResponse: {
            endpoint?: components["schemas"]["GatewayEndpoint"];
        };
        GetGatewayGuardrailResponse: {
            guardrail?: components["schemas"]["GatewayGuardrail"];
        };
        GetGatewayModelDefinitionResponse: {
            model_definition?: components["schemas"]["GatewayModelDefinition"];
        };
        GetGatewaySecretInfoResponse: {
            secret?: components["schemas"]["GatewaySecretInfo"];
        };
        GetIssueResponse: {
            issue?: components["schemas"]["Issue"];
        };
        GetLabelSchemaByNameResponse: {
            label_schema?: components["schemas"]["LabelSchema"];
        };
        GetLabelSchemaResponse: {
            label_schema?: components["schemas"]["LabelSchema"];
        };
        GetLatestVersions: {
            name: string;
            stages?: string[];
        };
        GetLatestVersionsResponse: {
            model_versions?: components["schemas"]["ModelVersion"][];
        };
        GetLoggedModelResponse: {
            model: components["schemas"]["LoggedModel"];
        };
        GetMetricHistoryBulkIntervalResponse: {
            metrics?: components["schemas"]["MetricWithRunId"][];
        };
        GetMetricHistoryResponse: {
            metrics?: components["schemas"]["Metric"][];
            next_page_token?: string;
        };
        GetModelVersionByAliasResponse: {
            model_version: components["schemas"]["ModelVersion"];
        };
        GetModelVersionDownloadUriResponse: {
            artifact_uri: string;
        };
        GetModelVersionResponse: {
            model_version: components["schemas"]["ModelVersion"];
        };
        GetOnlineTraceDetailsResponse: {
            trace_data?: string;
        };
        GetOrCreateUserQueue: {
            experiment_id: string;
            user: string;
            created_by?: string;
        };
        GetOrCreateUserQueueResponse: {
            review_queue?: components["schemas"]["ReviewQueue"];
        };
        GetPresignedDownloadUrlResponse: {
            url?: string;
            headers?: {
                [key: string]: string;
            };
            /** Format: int64 */
            file_size?: number;
        };
        GetPromptOptimizationJobResponse: {
            job?: components["schemas"]["PromptOptimizationJob"];
        };
        GetRegisteredModelResponse: {
            registered_model: components["schemas"]["RegisteredModel"];
        };
        GetReviewQueueByNameResponse: {
            review_queue?: components["schemas"]["ReviewQueue"];
        };
        GetReviewQueueResponse: {
            review_queue?: components["schemas"]["ReviewQueue"];
        };
        GetRunResponse: {
            run: components["schemas"]["Run"];
        };
        GetScorerResponse: {
            scorer?: components["schemas"]["Scorer"];
        };
        GetTraceInfoResponse: {
            trace_info?: components["schemas"]["TraceInfo"];
        };
        GetTraceInfoV3Response: {
            trace?: components["schemas"]["Trace"];
        };
        GetTraceResponse: {
            trace?: components["schemas"]["Trace"];
        };
        GetWebhookResponse: {
            webhook?: components["schemas"]["Webhook"];
        };
        GetWorkspaceResponse: {
            workspace?: components["schemas"]["Workspace"];
        };
        /** @enum {string} */
        GuardrailAction: "GUARDRAIL_ACTION_UNSPECIFIED" | "VALIDATION" | "SANITIZATION";
        /** @enum {string} */
        GuardrailStage: "GUARDRAIL_STAGE_UNSPECIFIED" | "BEFORE" | "AFTER";
        InputCategorical: {
            options?: string[];
            multi_select?: boolean;
        };
        InputNumeric: {
            min_value?: components["schemas"]["Double"];
            max_value?: components["schemas"]["Double"];
        };
        InputPassFail: {
            positive_label?: string;
            negative_label?: string;
        };
        InputTag: {
            key?: string;
            value?: string;
        };
        InputText: {
            /** Format: int64 */
            max_length?: number;
        };
        Issue: {
            issue_id?: string;
            experiment_id?: string;
            name?: string;
            description?: string;
            status?: string;
            severity?: string;
            root_causes?: string[];
            source_run_id?: string;
            /** Format: int64 */
            created_timestamp?: number;
            /** Format: int64 */
            last_updated_timestamp?: number;
            created_by?: string;
            categories?: string[];
            /** Format: int32 */
            trace_count?: number;
        };
        IssueReference: {
            issue_name?: string;
        };
        JobProgress: {
            phase?: string;
            /** Format: int64 */
            completed?: number;
            /** Format: int64 */
            total?: number;
            unit?: string;
        };
        JobState: {
            status?: components["schemas"]["JobStatus"];
            error_message?: string;
            metadata?: {
                [key: string]: string;
            };
            status_message?: string;
            progress?: components["schemas"]["JobProgress"];
            /** Format: int64 */
            progress_updated_at?: number;
        };
        /** @enum {string} */
        JobStatus: "JOB_STATUS_UNSPECIFIED" | "JOB_STATUS_PENDING" | "JOB_STATUS_IN_PROGRESS" | "JOB_STATUS_COMPLETED" | "JOB_STATUS_FAILED" | "JOB_STATUS_CANCELED" | "JOB_STATUS_NEEDS_RECOVERY";
        KeyValue: {
            key?: string;
            value?: components["schemas"]["AnyValue"];
            /** Format: int32 */
            key_strindex?: number;
        };
        KeyValueList: {
            values?: components["schemas"]["KeyValue"][];
        };
        LabelSchema: {
            schema_id?: string;
            experiment_id?: string;
            name?: string;
            type?: components["schemas"]["LabelSchemaType"];
            instruction?: string;
            enable_comment?: boolean;
            input?: components["schemas"]["LabelSchemaInput"];
            created_by?: string;
            /** Format: int64 */
            created_at?: number;
            /** Format: int64 */
            last_updated_at?: number;
            is_default?: boolean;
        };
        LabelSchemaInput: {
            pass_fail?: components["schemas"]["InputPassFail"];
            categorical?: components["schemas"]["InputCategorical"];
            numeric?: components["schemas"]["InputNumeric"];
            text?: components["schemas"]["InputText"];
        };
        /** @enum {string} */
        LabelSchemaType: "LABEL_SCHEMA_TYPE_UNSPECIFIED" | "FEEDBACK" | "EXPECTATION";
        LinkPromptsToTrace: {
            trace_id: string;
            prompt_versions: components["schemas"]["LinkPromptsToTracePromptVersionRef"][];
        };
        LinkPromptsToTracePromptVersionRef: {
            name?: string;
            version?: string;
        };
        LinkPromptsToTraceResponse: Record<string, never>;
        LinkTracesToRun: {
            trace_ids: string[];
            run_id: string;
        };
        LinkTracesToRunResponse: Record<string, never>;
        ListArtifactsResponse: {
            root_uri?: string;
            files?: components["schemas"]["FileInfo"][];
            next_page_token?: string;
        };
        ListEndpointGuardrailConfigsResponse: {
            configs?: components["schemas"]["GatewayGuardrailConfig"][];
        };
        ListGatewayBudgetPoliciesResponse: {
            budget_policies?: components["schemas"]["GatewayBudgetPolicy"][];
            next_page_token?: string;
        };
        ListGatewayBudgetWindowsBudgetWindow: {
            budget_policy_id?: string;
            /** Format: int64 */
            window_start_ms?: number;
            /** Format: int64 */
            window_end_ms?: number;
            current_spend?: components["schemas"]["Double"];
        };
        ListGatewayBudgetWindowsResponse: {
            windows?: components["schemas"]["ListGatewayBudgetWindowsBudgetWindow"][];
        };
        ListGatewayEndpointBindingsResponse: {
            bindings?: components["schemas"]["GatewayEndpointBinding"][];
        };
        ListGatewayEndpointsResponse: {
            endpoints?: components["schemas"]["GatewayEndpoint"][];
        };
        ListGatewayGuardrailsResponse: {
            guardrails?: components["schemas"]["GatewayGuardrail"][];
            next_page_token?: string;
        };
        ListGatewayModelDefinitionsResponse: {
            model_definitions?: components["schemas"]["GatewayModelDefinition"][];
        };
        ListGatewaySecretInfosResponse: {
            secrets?: components["schemas"]["GatewaySecretInfo"][];
        };
        ListLabelSchemasResponse: {
            label_schemas?: components["schemas"]["LabelSchema"][];
            next_page_token?: string;
        };
        ListLoggedModelArtifactsResponse: {
            root_uri?: string;
            files?: components["schemas"]["FileInfo"][];
            next_page_token?: string;
        };
        ListReviewQueueItemsResponse: {
            items?: components["schemas"]["ReviewQueueItem"][];
            next_page_token?: string;
        };
        ListReviewQueuesResponse: {
            review_queues?: components["schemas"]["ReviewQueue"][];
            next_page_token?: string;
        };
        ListScorerVersionsResponse: {
            scorers?: components["schemas"]["Scorer"][];
        };
        ListScorersResponse: {
            scorers?: components["schemas"]["Scorer"][];
        };
        ListWebhooksResponse: {
            webhooks?: components["schemas"]["Webhook"][];
            next_page_token?: string;
        };
        ListWorkspacesResponse: {
            workspaces?: components["schemas"]["Workspace"][];
        };
        LogBatch: {
            run_id: string;
            metrics?: WithRequired<components["schemas"]["Metric"], "key" | "timestamp" | "value">[];
            params?: WithRequired<components["schemas"]["Param"], "key">[];
            tags?: WithRequired<components["schemas"]["RunTag"], "key">[];
        };
        LogBatchResponse: Record<string, never>;
        LogInputs: {
            run_id: string;
            datasets?: components["schemas"]["DatasetInput"][];
            models?: components["schemas"]["ModelInput"][];
        };
        LogInputsResponse: Record<string, never>;
        LogLoggedModelParamsRequest: {
            model_id: string;
            params?: components["schemas"]["LoggedModelParameter"][];
        };
        LogLoggedModelParamsRequestResponse: Record<string, never>;
        LogMetric: {
            run_id: string;
            run_uuid?: string;
            key: string;
            value: components["schemas"]["Double"];
            /** Format: int64 */
            timestamp: number;
            /**
             * Format: int64
             * @default 0
             */
            step?: number;
            model_id?: string;
            dataset_name?: string;
            dataset_digest?: string;
        };
        LogMetricResponse: Record<string, never>;
        LogModel: {
            run_id: string;
            model_json: string;
        };
        LogModelResponse: Record<string, never>;
        LogOutputs: {
            run_id: string;
            models: components["schemas"]["ModelOutput"][];
        };
        LogOutputsResponse: Record<string, never>;
        LogParam: {
            run_id: string;
            run_uuid?: string;
            key: string;
            value?: string;
        };
        LogParamResponse: Record<string, never>;
        LoggedModel: {
            info: components["schemas"]["LoggedModelInfo"];
            data?: components["schemas"]["LoggedModelData"];
        };
        LoggedModelData: {
            params?: components["schemas"]["LoggedModelParameter"][];
            metrics?: components["schemas"]["Metric"][];
        };
        LoggedModelInfo: {
            model_id: string;
            experiment_id: string;
            name: string;
            /** Format: int64 */
            creation_timestamp_ms: number;
            /** Format: int64 */
            last_updated_timestamp_ms: number;
            artifact_uri: string;
            status: components["schemas"]["LoggedModelStatus"];
            /** Format: int64 */
            creator_id?: number;
            model_type?: string;
            source_run_id?: string;
            status_message?: string;
            tags?: components["schemas"]["LoggedModelTag"][];
            registrations?: components["schemas"]["LoggedModelRegistrationInfo"][];
        };
        LoggedModelParameter: {
            key: string;
            value?: string;
        };
        LoggedModelRegistrationInfo: {
            name?: string;
            version?: string;
        };
        /** @enum {string} */
        LoggedModelStatus: "LOGGED_MODEL_STATUS_UNSPECIFIED" | "LOGGED_MODEL_PENDING" | "LOGGED_MODEL_READY" | "LOGGED_MODEL_UPLOAD_FAILED";
        LoggedModelTag: {
            key: string;
            value?: string;
        };
        Metric: {
            key: string;
            value: components["schemas"]["Double"];
            /** Format: int64 */
            timestamp: number;
            /**
             * Format: int64
             * @default 0
             */
            step?: number;
            dataset_name?: string;
            dataset_digest?: string;
            model_id?: string;
            run_id?: string;
        };
        MetricAggregation: {
            aggregation_type?: components["schemas"]["AggregationType"];
            percentile_value?: components["schemas"]["Double"];
        };
        MetricDataPoint: {
            metric_name?: string;
            dimensions?: {
                [key: string]: string;
            };
            values?: {
                [key: string]: components["schemas"]["Double"];
            };
        };
        MetricOfRun: {
            key: string;
            value: components["schemas"]["Double"];
            timestamp: number;
            step: number;
            run_id: string;
        };
        /** @enum {string} */
        MetricViewType: "TRACES" | "SPANS" | "ASSESSMENTS";
        MetricWithRunId: {
            key?: string;
            value?: components["schemas"]["Double"];
            /** Format: int64 */
            timestamp?: number;
            /**
             * Format: int64
             * @default 0
             */
            step?: number;
            run_id?: string;
        };
        MlflowError: {
            /** @example RESOURCE_DOES_NOT_EXIST */
            error_code: string;
            message: string;
            sqlstate?: string;
            error_class?: string;
        };
        ModelInput: {
            model_id?: string;
        };
        ModelMetric: {
            key?: string;
            value?: components["schemas"]["Double"];
            /** Format: int64 */
            timestamp?: number;
            /**
             * Format: int64
             * @default 0
             */
            step?: number;
            dataset_name?: string;
            dataset_digest?: string;
            model_id?: string;
            run_id?: string;
        };
        ModelOutput: {
            model_id?: string;
            /** Format: int64 */
            step?: number;
        };
        ModelParam: {
            name?: string;
            value?: string;
        };
        ModelVersion: {
            name: string;
            version: string;
            /** Format: int64 */
            creation_timestamp: number;
            /** Format: int64 */
            last_updated_timestamp: number;
            user_id?: string;
            current_stage: string;
            description?: string;
            source?: string;
            run_id?: string;
            status: components["schemas"]["ModelVersionStatus"];
            status_message?: string;
            tags?: components["schemas"]["ModelVersionTag"][];
            run_link?: string;
            aliases?: string[];
            model_id?: string;
            model_params?: components["schemas"]["ModelParam"][];
            model_metrics?: components["schemas"]["ModelMetric"][];
            deployment_job_state?: components["schemas"]["ModelVersionDeploymentJobState"];
        };
        ModelVersionDeploymentJobState: {
            job_id?: string;
            run_id?: string;
            job_state?: components["schemas"]["DeploymentJobConnectionState"];
            run_state?: components["schemas"]["ModelVersionDeploymentJobStateDeploymentJobRunState"];
            current_task_name?: string;
        };
        /** @enum {string} */
        ModelVersionDeploymentJobStateDeploymentJobRunState: "DEPLOYMENT_JOB_RUN_STATE_UNSPECIFIED" | "NO_VALID_DEPLOYMENT_JOB_FOUND" | "RUNNING" | "SUCCEEDED" | "FAILED" | "PENDING" | "APPROVAL";
        /** @enum {string} */
        ModelVersionStatus: "PENDING_REGISTRATION" | "FAILED_REGISTRATION" | "READY";
        ModelVersionTag: {
            key: string;
            value?: string;
        };
        MultipartUploadCredential: {
            url?: string;
            /** Format: int64 */
            part_number?: number;
            headers?: {
                [key: string]: string;
            };
        };
        MultipartUploadPart: {
            /** Format: int64 */
            part_number?: number;
            etag?: string;
            url?: string;
        };
        OnlineScoringConfig: {
            online_scoring_config_id: string;
            scorer_id: string;
            sample_rate: number;
            experiment_id: string;
            filter_string?: string;
        };
        /** @enum {string} */
        OptimizerType: "OPTIMIZER_TYPE_UNSPECIFIED" | "OPTIMIZER_TYPE_GEPA" | "OPTIMIZER_TYPE_METAPROMPT";
        Param: {
            key: string;
            value?: string;
        };
        /** @enum {string} */
        Permission: "READ" | "USE" | "EDIT" | "MANAGE" | "NO_PERMISSIONS" | "DENY";
        PermissionOfUser: {
            role_id: number;
            role_name: string;
            workspace: string;
            resource_type: string;
            resource_pattern: string;
            permission: components["schemas"]["Permission"];
        };
        PermissionsOfUser: {
            is_admin: boolean;
            permissions: components["schemas"]["PermissionOfUser"][];
        };
        PromptOptimizationJob: {
            job_id?: string;
            run_id?: string;
            state?: components["schemas"]["JobState"];
            experiment_id?: string;
            source_prompt_uri?: string;
            optimized_prompt_uri?: string;
            config?: components["schemas"]["PromptOptimizationJobConfig"];
            /** Format: int64 */
            creation_timestamp_ms?: number;
            /** Format: int64 */
            completion_timestamp_ms?: number;
            tags?: components["schemas"]["PromptOptimizationJobTag"][];
            initial_eval_scores?: {
                [key: string]: components["schemas"]["Double"];
            };
            final_eval_scores?: {
                [key: string]: components["schemas"]["Double"];
            };
        };
        PromptOptimizationJobConfig: {
            optimizer_type?: components["schemas"]["OptimizerType"];
            dataset_id?: string;
            scorers?: string[];
            optimizer_config_json?: string;
        };
        PromptOptimizationJobTag: {
            key?: string;
            value?: string;
        };
        QueryTraceMetrics: {
            experiment_ids: string[];
            view_type: components["schemas"]["MetricViewType"];
            metric_name: string;
            aggregations: components["schemas"]["MetricAggregation"][];
            dimensions?: string[];
            filters?: string[];
            /** Format: int64 */
            time_interval_seconds?: number;
            /** Format: int64 */
            start_time_ms?: number;
            /** Format: int64 */
            end_time_ms?: number;
            /**
             * Format: int32
             * @default 1000
             */
            max_results?: number;
            page_token?: string;
        };
        QueryTraceMetricsResponse: {
            data_points?: components["schemas"]["MetricDataPoint"][];
            next_page_token?: string;
        };
        RegisterScorer: {
            experiment_id: string;
            name: string;
            serialized_scorer: string;
        };
        RegisterScorerResponse: {
            /** Format: int32 */
            version?: number;
            scorer_id?: string;
            experiment_id?: string;
            name?: string;
            serialized_scorer?: string;
            /** Format: int64 */
            creation_time?: number;
        };
        RegisteredModel: {
            name: string;
            /** Format: int64 */
            creation_timestamp: number;
            /** Format: int64 */
            last_updated_timestamp: number;
            user_id?: string;
            description?: string;
            latest_versions?: components["schemas"]["ModelVersion"][];
            tags?: components["schemas"]["RegisteredModelTag"][];
            aliases?: components["schemas"]["RegisteredModelAlias"][];
            deployment_job_id?: string;
            deployment_job_state?: components["schemas"]["DeploymentJobConnectionState"];
        };
        RegisteredModelAlias: {
            alias: string;
            version: string;
        };
        RegisteredModelTag: {
            key: string;
            value?: string;
        };
        RemoveDatasetFromExperiments: {
            experiment_ids?: string[];
        };
        RemoveDatasetFromExperimentsResponse: {
            dataset?: components["schemas"]["DatasetsDataset"];
        };
        RemoveGuardrailFromEndpoint: {
            endpoint_id: string;
            guardrail_id: string;
        };
        RemoveGuardrailFromEndpointResponse: Record<string, never>;
        RemoveItemsFromReviewQueue: {
            queue_id: string;
            item_ids?: string[];
        };
        RemoveItemsFromReviewQueueResponse: Record<string, never>;
        RenameRegisteredModel: {
            name: string;
            new_name: string;
        };
        RenameRegisteredModelResponse: {
            registered_model?: components["schemas"]["RegisteredModel"];
        };
        RestoreExperiment: {
            experiment_id: string;
        };
        RestoreExperimentResponse: Record<string, never>;
        RestoreRun: {
            run_id: string;
        };
        RestoreRunResponse: Record<string, never>;
        /** @enum {string} */
        ReviewItemType: "REVIEW_ITEM_TYPE_UNSPECIFIED" | "TRACE";
        ReviewQueue: {
            queue_id?: string;
            experiment_id?: string;
            name?: string;
            queue_type?: components["schemas"]["ReviewQueueType"];
            created_by?: string;
            /** Format: int64 */
            creation_time_ms?: number;
            /** Format: int64 */
            last_update_time_ms?: number;
            users?: string[];
            schema_ids?: string[];
        };
        ReviewQueueItem: {
            queue_id?: string;
            item_type?: components["schemas"]["ReviewItemType"];
            item_id?: string;
            status?: components["schemas"]["ReviewStatus"];
            completed_by?: string;
            /** Format: int64 */
            completed_time_ms?: number;
            /** Format: int64 */
            creation_time_ms?: number;
            /** Format: int64 */
            last_update_time_ms?: number;
        };
        /** @enum {string} */
        ReviewQueueType: "REVIEW_QUEUE_TYPE_UNSPECIFIED" | "USER" | "CUSTOM";
        /** @enum {string} */
        ReviewStatus: "REVIEW_STATUS_UNSPECIFIED" | "PENDING" | "COMPLETE" | "DECLINED";
        Role: {
            id: number;
            name: string;
            workspace: string;
            description: string | null;
            permissions: components["schemas"]["RolePermission"][];
        };
        RoleAssignment: {
            id: number;
            user_id: number;
            role_id: number;
        };
        RolePermission: {
            id: number;
            role_id: number;
            resource_type: string;
            resource_pattern: string;
            permission: components["schemas"]["Permission"];
        };
        /** @enum {string} */
        RoutingStrategy: "ROUTING_STRATEGY_UNSPECIFIED" | "REQUEST_BASED_TRAFFIC_SPLIT";
        Run: {
            info: components["schemas"]["RunInfo"];
            data?: components["schemas"]["RunData"];
            inputs?: components["schemas"]["RunInputs"];
            outputs?: components["schemas"]["RunOutputs"];
        };
        RunData: {
            metrics?: components["schemas"]["Metric"][];
            params?: components["schemas"]["Param"][];
            tags?: components["schemas"]["RunTag"][];
        };
        RunInfo: {
            run_id: string;
            run_uuid?: string;
            run_name?: string;
            experiment_id: string;
            user_id?: string;
            status: components["schemas"]["RunStatus"];
            /** Format: int64 */
            start_time: number;
            /** Format: int64 */
            end_time?: number;
            artifact_uri: string;
            lifecycle_stage: string;
        };
        RunInputs: {
            dataset_inputs?: components["schemas"]["DatasetInput"][];
            model_inputs?: components["schemas"]["ModelInput"][];
        };
        RunOutputs: {
            model_outputs?: components["schemas"]["ModelOutput"][];
        };
        /** @enum {string} */
        RunStatus: "RUNNING" | "SCHEDULED" | "FINISHED" | "FAILED" | "KILLED";
        RunTag: {
            key: string;
            value?: string;
        };
        Scorer: {
            /** Format: int32 */
            experiment_id?: number;
            scorer_name?: string;
            /** Format: int32 */
            scorer_version?: number;
            serialized_scorer?: string;
            /** Format: int64 */
            creation_time?: number;
            scorer_id?: string;
        };
        SearchDatasets: {
            experiment_ids?: string[];
        };
        SearchDatasetsResponse: {
            dataset_summaries?: components["schemas"]["DatasetSummary"][];
        };
        SearchEvaluationDatasets: {
            experiment_ids?: string[];
            filter_string?: string;
            /**
             * Format: int32
             * @default 1000
             */
            max_results?: number;
            order_by?: string[];
            page_token?: string;
        };
        SearchEvaluationDatasetsResponse: {
            datasets?: components["schemas"]["DatasetsDataset"][];
            next_page_token?: string;
        };
        SearchExperiments: {
            /** Format: int64 */
            max_results?: number;
            page_token?: string;
            filter?: string;
            order_by?: string[];
            view_type?: components["schemas"]["ViewType"];
        };
        SearchExperimentsResponse: {
            experiments?: components["schemas"]["Experiment"][];
            next_page_token?: string;
        };
        SearchIssues: {
            experiment_id?: string;
            filter_string?: string;
            /** Format: int32 */
            max_results?: number;
            page_token?: string;
            include_trace_count?: boolean;
        };
        SearchIssuesResponse: {
            issues?: components["schemas"]["Issue"][];
            next_page_token?: string;
        };
        SearchLoggedModels: {
            experiment_ids: string[];
            filter?: string;
            datasets?: components["schemas"]["SearchLoggedModelsDataset"][];
            /**
             * Format: int32
             * @default 50
             */
            max_results?: number;
            order_by?: components["schemas"]["SearchLoggedModelsOrderBy"][];
            page_token?: string;
        };
        SearchLoggedModelsDataset: {
            dataset_name?: string;
            dataset_digest?: string;
        };
        SearchLoggedModelsOrderBy: {
            field_name?: string;
            /** @default true */
            ascending?: boolean;
            dataset_name?: string;
            dataset_digest?: string;
        };
        SearchLoggedModelsResponse: {
            models?: components["schemas"]["LoggedModel"][];
            next_page_token?: string;
        };
        SearchModelVersionsResponse: {
            model_versions?: components["schemas"]["ModelVersion"][];
            next_page_token?: string;
        };
        SearchPromptOptimizationJobs: {
            experiment_id: string;
        };
        SearchPromptOptimizationJobsResponse: {
            jobs?: components["schemas"]["PromptOptimizationJob"][];
        };
        SearchRegisteredModelsResponse: {
            registered_models?: components["schemas"]["RegisteredModel"][];
            next_page_token?: string;
        };
        SearchRuns: {
            experiment_ids?: string[];
            filter?: string;
            /** @default ACTIVE_ONLY */
            run_view_type?: components["schemas"]["ViewType"];
            /**
             * Format: int32
             * @default 1000
             */
            max_results?: number;
            order_by?: string[];
            page_token?: string;
        };
        SearchRunsResponse: {
            runs?: components["schemas"]["Run"][];
            next_page_token?: string;
        };
        SearchTracesResponse: {
            traces?: components["schemas"]["TraceInfo"][];
            next_page_token?: string;
        };
        SearchTracesV3: {
            locations: components["schemas"]["TraceLocation"][];
            filter?: string;
            /**
             * Format: int32
             * @default 100
             */
            max_results?: number;
            order_by?: string[];
            page_token?: string;
        };
        SearchTracesV3Response: {
            traces?: components["schemas"]["TraceInfoV3"][];
            next_page_token?: string;
        };
        SearchUnifiedTracesResponse: {
            traces?: components["schemas"]["TraceInfo"][];
            next_page_token?: string;
        };
        ServerInfo: {
            store_type: string | null;
            workspaces_enabled: boolean;
            trace_archival_enabled: boolean;
            multipart_uploads_enabled: boolean;
            multipart_downloads_enabled: boolean;
            presigned_upload_run_id_supported: boolean;
            presigned_upload_model_id_supported: boolean;
            features_enabled: {
                [key: string]: boolean;
            };
        };
        SetDatasetTags: {
            tags: string;
        };
        SetDatasetTagsResponse: {
            dataset?: components["schemas"]["DatasetsDataset"];
        };
        SetExperimentTag: {
            experiment_id: string;
            key: string;
            value?: string;
        };
        SetExperimentTagResponse: Record<string, never>;
        SetGatewayEndpointTag: {
            endpoint_id: string;
            key: string;
            value?: string;
        };
        SetGatewayEndpointTagResponse: Record<string, never>;
        SetLoggedModelTags: {
            tags?: components["schemas"]["LoggedModelTag"][];
        };
        SetLoggedModelTagsResponse: {
            model?: components["schemas"]["LoggedModel"];
        };
        SetModelVersionTag: {
            name: string;
            version: string;
            key: string;
            value?: string;
        };
        SetModelVersionTagResponse: Record<string, never>;
        SetRegisteredModelAlias: {
            name: string;
            alias: string;
            version: string;
        };
        SetRegisteredModelAliasResponse: Record<string, never>;
        SetRegisteredModelTag: {
            name: string;
            key: string;
            value?: string;
        };
        SetRegisteredModelTagResponse: Record<string, never>;
        SetReviewQueueItemStatus: {
            queue_id: string;
            item_id: string;
            status: components["schemas"]["ReviewStatus"];
            completed_by?: string;
        };
        SetReviewQueueItemStatusResponse: {
            item?: components["schemas"]["ReviewQueueItem"];
        };
        SetTag: {
            run_id: string;
            run_uuid?: string;
            key: string;
            value?: string;
        };
        SetTagResponse: Record<string, never>;
        SetTraceTag: {
            key: string;
            value?: string;
        };
        SetTraceTagResponse: Record<string, never>;
        SetTraceTagV3: {
            key: string;
            value?: string;
        };
        SetTraceTagV3Response: Record<string, never>;
        Span: {
            trace_id?: string;
            span_id?: string;
            trace_state?: string;
            parent_span_id?: string;
            /** Format: int32 */
            flags?: number;
            name?: string;
            kind?: components["schemas"]["SpanSpanKind"];
            /** Format: int64 */
            start_time_unix_nano?: number;
            /** Format: int64 */
            end_time_unix_nano?: number;
            attributes?: components["schemas"]["KeyValue"][];
            /** Format: int32 */
            dropped_attributes_count?: number;
            events?: components["schemas"]["SpanEvent"][];
            /** Format: int32 */
            dropped_events_count?: number;
            links?: components["schemas"]["SpanLink"][];
            /** Format: int32 */
            dropped_links_count?: number;
            status?: components["schemas"]["Status"];
        };
        SpanEvent: {
            /** Format: int64 */
            time_unix_nano?: number;
            name?: string;
            attributes?: components["schemas"]["KeyValue"][];
            /** Format: int32 */
            dropped_attributes_count?: number;
        };
        SpanLink: {
            trace_id?: string;
            span_id?: string;
            trace_state?: string;
            attributes?: components["schemas"]["KeyValue"][];
            /** Format: int32 */
            dropped_attributes_count?: number;
            /** Format: int32 */
            flags?: number;
        };
        /** @enum {string} */
        SpanSpanKind: "SPAN_KIND_UNSPECIFIED" | "SPAN_KIND_INTERNAL" | "SPAN_KIND_SERVER" | "SPAN_KIND_CLIENT" | "SPAN_KIND_PRODUCER" | "SPAN_KIND_CONSUMER";
        StartTrace: {
            experiment_id?: string;
            /** Format: int64 */
            timestamp_ms?: number;
            request_metadata?: WithRequired<components["schemas"]["TraceRequestMetadata"], "key">[];
            tags?: WithRequired<components["schemas"]["TraceTag"], "key">[];
        };
        StartTraceResponse: {
            trace_info?: components["schemas"]["TraceInfo"];
        };
        StartTraceV3: {
            trace: components["schemas"]["Trace"];
        };
        StartTraceV3Response: {
            trace?: components["schemas"]["Trace"];
        };
        Status: {
            message?: string;
            code?: components["schemas"]["StatusStatusCode"];
        };
        /** @enum {string} */
        StatusStatusCode: "STATUS_CODE_UNSET" | "STATUS_CODE_OK" | "STATUS_CODE_ERROR";
        TestWebhook: {
            event?: components["schemas"]["WebhookEvent"];
        };
        TestWebhookResponse: {
            result?: components["schemas"]["WebhookTestResult"];
        };
        Trace: {
            trace_info?: components["schemas"]["TraceInfoV3"];
            spans?: components["schemas"]["Span"][];
        };
        TraceArchivalConfig: {
            location?: string;
            retention?: string;
        };
        TraceInfo: {
            request_id?: string;
            experiment_id?: string;
            /** Format: int64 */
            timestamp_ms?: number;
            /** Format: int64 */
            execution_time_ms?: number;
            status?: components["schemas"]["TraceStatus"];
            request_metadata?: components["schemas"]["TraceRequestMetadata"][];
            tags?: components["schemas"]["TraceTag"][];
        };
        TraceInfoV3: {
            trace_id?: string;
            client_request_id?: string;
            trace_location?: components["schemas"]["TraceLocation"];
            request?: string;
            response?: string;
            request_preview?: string;
            response_preview?: string;
            /** Format: date-time */
            request_time?: string;
            execution_duration?: string;
            state?: components["schemas"]["TraceInfoV3State"];
            trace_metadata?: {
                [key: string]: string;
            };
            assessments?: components["schemas"]["Assessment"][];
            tags?: {
                [key: string]: string;
            };
        };
        /** @enum {string} */
        TraceInfoV3State: "STATE_UNSPECIFIED" | "OK" | "ERROR" | "IN_PROGRESS";
        TraceLocation: {
            type?: components["schemas"]["TraceLocationTraceLocationType"];
            mlflow_experiment?: components["schemas"]["TraceLocationMlflowExperimentLocation"];
            inference_table?: components["schemas"]["TraceLocationInferenceTableLocation"];
        };
        TraceLocationInferenceTableLocation: {
            full_table_name?: string;
        };
        TraceLocationMlflowExperimentLocation: {
            experiment_id?: string;
        };
        /** @enum {string} */
        TraceLocationTraceLocationType: "TRACE_LOCATION_TYPE_UNSPECIFIED" | "MLFLOW_EXPERIMENT" | "INFERENCE_TABLE";
        TraceRequestMetadata: {
            key?: string;
            value?: string;
        };
        /** @enum {string} */
        TraceStatus: "TRACE_STATUS_UNSPECIFIED" | "OK" | "ERROR" | "IN_PROGRESS";
        TraceTag: {
            key?: string;
            value?: string;
        };
        TransitionModelVersionStage: {
            name: string;
            version: string;
            stage: string;
            archive_existing_versions?: boolean;
        };
        TransitionModelVersionStageResponse: {
            model_version: components["schemas"]["ModelVersion"];
        };
        UpdateAssessment: {
            assessment: components["schemas"]["Assessment"];
            update_mask: string;
        };
        UpdateAssessmentResponse: {
            assessment?: components["schemas"]["Assessment"];
        };
        UpdateEndpointGuardrailConfig: {
            endpoint_id: string;
            guardrail_id: string;
            /** Format: int64 */
            execution_order?: number;
        };
        UpdateEndpointGuardrailConfigResponse: {
            config?: components["schemas"]["GatewayGuardrailConfig"];
        };
        UpdateExperiment: {
            experiment_id: string;
            new_name: string;
        };
        UpdateExperimentResponse: Record<string, never>;
        UpdateGatewayBudgetPolicy: {
            budget_policy_id: string;
            budget_unit?: components["schemas"]["BudgetUnit"];
            budget_amount?: components["schemas"]["Double"];
            duration?: components["schemas"]["BudgetDuration"];
            target_scope?: components["schemas"]["BudgetTargetScope"];
            budget_action?: components["schemas"]["BudgetAction"];
            updated_by?: string;
            target_value?: string;
        };
        UpdateGatewayBudgetPolicyResponse: {
            budget_policy?: components["schemas"]["GatewayBudgetPolicy"];
        };
        UpdateGatewayEndpoint: {
            endpoint_id: string;
            name?: string;
            updated_by?: string;
            model_configs?: components["schemas"]["GatewayEndpointModelConfig"][];
            routing_strategy?: components["schemas"]["RoutingStrategy"];
            fallback_config?: components["schemas"]["FallbackConfig"];
            experiment_id?: string;
            usage_tracking?: boolean;
        };
        UpdateGatewayEndpointResponse: {
            endpoint?: components["schemas"]["GatewayEndpoint"];
        };
        UpdateGatewayModelDefinition: {
            model_definition_id: string;
            name?: string;
            secret_id?: string;
            model_name?: string;
            updated_by?: string;
            provider?: string;
        };
        UpdateGatewayModelDefinitionResponse: {
            model_definition?: components["schemas"]["GatewayModelDefinition"];
        };
        UpdateGatewaySecret: {
            secret_id: string;
            secret_value?: {
                [key: string]: string;
            };
            auth_config?: {
                [key: string]: string;
            };
            updated_by?: string;
        };
        UpdateGatewaySecretResponse: {
            secret?: components["schemas"]["GatewaySecretInfo"];
        };
        UpdateIssue: {
            issue_id: string;
            name?: string;
            description?: string;
            status?: string;
            severity?: string;
        };
        UpdateIssueResponse: {
            issue?: components["schemas"]["Issue"];
        };
        UpdateLabelSchema: {
            schema_id: string;
            name?: string;
            instruction?: string;
            enable_comment?: boolean;
            input?: components["schemas"]["LabelSchemaInput"];
        };
        UpdateLabelSchemaResponse: {
            label_schema?: components["schemas"]["LabelSchema"];
        };
        UpdateModelVersion: {
            name: string;
            version: string;
            description?: string;
        };
        UpdateModelVersionResponse: {
            model_version: components["schemas"]["ModelVersion"];
        };
        UpdateRegisteredModel: {
            name: string;
            description?: string;
            deployment_job_id?: string;
        };
        UpdateRegisteredModelResponse: {
            registered_model?: components["schemas"]["RegisteredModel"];
        };
        UpdateReviewQueue: {
            queue_id: string;
            update_users?: boolean;
            users?: string[];
            update_schema_ids?: boolean;
            schema_ids?: string[];
            name?: string;
            new_owner?: string;
        };
        UpdateReviewQueueResponse: {
            review_queue?: components["schemas"]["ReviewQueue"];
        };
        UpdateRun: {
            run_id: string;
            run_uuid?: string;
            status?: components["schemas"]["RunStatus"];
            /** Format: int64 */
            end_time?: number;
            run_name?: string;
        };
        UpdateRunResponse: {
            run_info: components["schemas"]["RunInfo"];
        };
        UpdateWebhook: {
            name?: string;
            description?: string;
            url?: string;
            events?: components["schemas"]["WebhookEvent"][];
            secret?: string;
            status?: components["schemas"]["WebhookStatus"];
        };
        UpdateWebhookResponse: {
            webhook?: components["schemas"]["Webhook"];
        };
        UpdateWorkspace: {
            description?: string;
            default_artifact_root?: string;
            trace_archival_config?: components["schemas"]["TraceArchivalConfig"];
        };
        UpdateWorkspaceResponse: {
            workspace?: components["schemas"]["Workspace"];
        };
        UploadArtifact: Record<string, never>;
        UploadArtifactResponse: Record<string, never>;
        UpsertDatasetRecords: {
            records: string;
            updated_by?: string;
        };
        UpsertDatasetRecordsResponse: {
            /** Format: int32 */
            inserted_count?: number;
            /** Format: int32 */
            updated_count?: number;
        };
        User: {
            id: number;
            username: string;
            is_admin: boolean;
        };
        UserWithRoles: {
            id: number;
            username: string;
            is_admin: boolean;
            roles: components["schemas"]["Role"][];
        };
        /** @enum {string} */
        ViewType: "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL";
        Webhook: {
            webhook_id?: string;
            name?: string;
            description?: string;
            url?: string;
            events?: components["schemas"]["WebhookEvent"][];
            status?: components["schemas"]["WebhookStatus"];
            /** Format: int64 */
            creation_timestamp?: number;
            /** Format: int64 */
            last_updated_timestamp?: number;
        };
        /** @enum {string} */
        WebhookAction: "ACTION_UNSPECIFIED" | "CREATED" | "UPDATED" | "DELETED" | "SET" | "EXCEEDED";
        /** @enum {string} */
        WebhookEntity: "ENTITY_UNSPECIFIED" | "REGISTERED_MODEL" | "MODEL_VERSION" | "MODEL_VERSION_TAG" | "MODEL_VERSION_ALIAS" | "PROMPT" | "PROMPT_VERSION" | "PROMPT_TAG" | "PROMPT_VERSION_TAG" | "PROMPT_ALIAS" | "BUDGET_POLICY";
        WebhookEvent: {
            entity?: components["schemas"]["WebhookEntity"];
            action?: components["schemas"]["WebhookAction"];
        };
        /** @enum {string} */
        WebhookStatus: "ACTIVE" | "DISABLED";
        WebhookTestResult: {
            success?: boolean;
            /** Format: int32 */
            response_status?: number;
            response_body?: string;
            error_message?: string;
        };
        Workspace: {
            name?: string;
            description?: string;
            default_artifact_root?: string;
            trace_archival_config?: components["schemas"]["TraceArchivalConfig"];
        };
    };
    responses: {
        /** @description Refused: by a handler in JSON, by access control or the web server in text. */
        ClientError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["MlflowError"] | components["schemas"]["DetailError"];
                "text/html": string;
                "text/plain": string;
            };
        };
        /** @description Failed, or a service of the server is switched off. */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["MlflowError"] | components["schemas"]["DetailError"];
                "text/html": string;
                "text/plain": string;
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    searchDatasetsOfExperiments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    experiment_ids: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchDatasetsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getTraceArtifactV2: {
        parameters: {
            query: {
                request_id: string;
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getLoggedModelArtifact: {
        parameters: {
            query: {
                artifact_file_path: string;
            };
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getMetricHistoryBulk: {
        parameters: {
            query: {
                run_id: string[];
                metric_key: string;
                max_results?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metrics: components["schemas"]["MetricOfRun"][];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    uploadRunArtifact: {
        parameters: {
            query: {
                run_uuid: string;
                path: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getTraceArtifactV3: {
        parameters: {
            query: {
                request_id: string;
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listProxiedArtifacts: {
        parameters: {
            query?: {
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactsListArtifactsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    downloadArtifact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                artifact_path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    uploadArtifact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                artifact_path: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteArtifact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                artifact_path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteArtifactResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    abortMultipartUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                artifact_path: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AbortMultipartUpload"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AbortMultipartUploadResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    completeMultipartUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                artifact_path: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteMultipartUpload"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompleteMultipartUploadResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createMultipartUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                artifact_path: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateMultipartUpload"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateMultipartUploadResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getPresignedDownloadUrl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                artifact_path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetPresignedDownloadUrlResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listArtifacts: {
        parameters: {
            query: {
                run_id: string;
                run_uuid?: string;
                path?: string;
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListArtifactsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createPresignedDownloadUrl: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePresignedDownloadUrl"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatePresignedDownloadUrlResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createPresignedUploadUrl: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePresignedUploadUrl"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatePresignedUploadUrlResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateExperiment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateExperimentResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteExperiment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteExperimentResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteExperimentTag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteExperimentTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteExperimentTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getExperiment: {
        parameters: {
            query: {
                experiment_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetExperimentResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getExperimentByName: {
        parameters: {
            query: {
                experiment_name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetExperimentByNameResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    restoreExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestoreExperiment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoreExperimentResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchExperimentsWithGet: {
        parameters: {
            query?: {
                max_results?: number;
                page_token?: string;
                filter?: string;
                order_by?: string[];
                view_type?: components["schemas"]["ViewType"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchExperimentsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchExperiments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchExperiments"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchExperimentsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setExperimentTag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetExperimentTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetExperimentTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateExperiment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateExperimentResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getOnlineTraceDetails: {
        parameters: {
            query: {
                trace_id: string;
                sql_warehouse_id: string;
                source_inference_table: string;
                source_databricks_request_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetOnlineTraceDetailsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createLoggedModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateLoggedModel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateLoggedModelResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchLoggedModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchLoggedModels"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchLoggedModelsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getLoggedModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetLoggedModelResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteLoggedModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteLoggedModelResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    finalizeLoggedModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FinalizeLoggedModel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FinalizeLoggedModelResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listLoggedModelArtifacts: {
        parameters: {
            query?: {
                artifact_directory_path?: string;
                page_token?: string;
            };
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListLoggedModelArtifactsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    logLoggedModelParams: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogLoggedModelParamsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogLoggedModelParamsRequestResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setLoggedModelTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SetLoggedModelTags"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetLoggedModelTagsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteLoggedModelTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
                tag_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteLoggedModelTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getMetricHistory: {
        parameters: {
            query: {
                run_id: string;
                run_uuid?: string;
                metric_key: string;
                page_token?: string;
                max_results?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetMetricHistoryResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getMetricHistoryBulkInterval: {
        parameters: {
            query: {
                run_ids: string[];
                metric_key: string;
                start_step?: number;
                end_step?: number;
                max_results?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetMetricHistoryBulkIntervalResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createModelVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateModelVersion"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateModelVersionResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteModelVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteModelVersion"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteModelVersionResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteModelVersionTag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteModelVersionTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteModelVersionTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getModelVersion: {
        parameters: {
            query: {
                name: string;
                version: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetModelVersionResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getModelVersionDownloadUri: {
        parameters: {
            query: {
                name: string;
                version: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetModelVersionDownloadUriResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchModelVersions: {
        parameters: {
            query?: {
                filter?: string;
                max_results?: number;
                order_by?: string[];
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchModelVersionsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setModelVersionTag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetModelVersionTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetModelVersionTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    transitionModelVersionStage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransitionModelVersionStage"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransitionModelVersionStageResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateModelVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateModelVersion"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateModelVersionResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getModelVersionByAlias: {
        parameters: {
            query: {
                name: string;
                alias: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetModelVersionByAliasResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setRegisteredModelAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetRegisteredModelAlias"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetRegisteredModelAliasResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteRegisteredModelAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteRegisteredModelAlias"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteRegisteredModelAliasResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createRegisteredModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRegisteredModel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateRegisteredModelResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteRegisteredModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteRegisteredModel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteRegisteredModelResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteRegisteredModelTag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteRegisteredModelTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteRegisteredModelTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getRegisteredModel: {
        parameters: {
            query: {
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetRegisteredModelResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getLatestVersionsWithGet: {
        parameters: {
            query: {
                name: string;
                stages?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetLatestVersionsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getLatestVersions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GetLatestVersions"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetLatestVersionsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    renameRegisteredModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenameRegisteredModel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenameRegisteredModelResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchRegisteredModels: {
        parameters: {
            query?: {
                filter?: string;
                max_results?: number;
                order_by?: string[];
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchRegisteredModelsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setRegisteredModelTag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetRegisteredModelTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetRegisteredModelTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateRegisteredModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateRegisteredModel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateRegisteredModelResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRun"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateRunResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteRun"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteRunResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteTag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getRun: {
        parameters: {
            query: {
                run_id: string;
                run_uuid?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetRunResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    logBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogBatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogBatchResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    logInputs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogInputs"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogInputsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    logMetric: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogMetric"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogMetricResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    logModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogModel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogModelResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    logParam: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogParam"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogParamResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    logOutputs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogOutputs"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogOutputsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    restoreRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestoreRun"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoreRunResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchRuns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchRuns"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchRunsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setTag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateRun"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateRunResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchTraces: {
        parameters: {
            query: {
                experiment_ids: string[];
                filter?: string;
                max_results?: number;
                order_by?: string[];
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchTracesResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    startTrace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartTrace"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartTraceResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteTraces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteTraces"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteTracesResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    linkPromptsToTrace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkPromptsToTrace"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkPromptsToTraceResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    linkTracesToRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkTracesToRun"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkTracesToRunResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    endTrace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EndTrace"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndTraceResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getTraceInfo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetTraceInfoResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteTraceTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteTraceTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteTraceTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setTraceTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetTraceTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetTraceTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchUnifiedTraceHandler: {
        parameters: {
            query: {
                model_id: string;
                sql_warehouse_id: string;
                experiment_ids?: string[];
                filter?: string;
                max_results?: number;
                order_by?: string[];
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchUnifiedTracesResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["User"];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getCurrentUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["User"];
                        is_basic_auth: boolean;
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getUser: {
        parameters: {
            query: {
                username: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["User"];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        users: components["schemas"]["UserWithRoles"][];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateUserAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    is_admin: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateUserPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                    current_password?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                max_results?: number;
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWebhooksResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhook"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateWebhookResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetWebhookResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteWebhookResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateWebhook"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateWebhookResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestWebhook"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestWebhookResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchDatasets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchDatasets"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchDatasetsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createDataset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateDataset"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateDatasetResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchEvaluationDatasetsWithGet: {
        parameters: {
            query?: {
                experiment_ids?: string[];
                filter_string?: string;
                max_results?: number;
                order_by?: string[];
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchEvaluationDatasetsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchEvaluationDatasets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchEvaluationDatasets"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchEvaluationDatasetsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getDataset: {
        parameters: {
            query?: {
                page_token?: string;
            };
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetDatasetResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteDatasetResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    addDatasetToExperiments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddDatasetToExperiments"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddDatasetToExperimentsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getDatasetExperimentIds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetDatasetExperimentIdsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getDatasetRecords: {
        parameters: {
            query?: {
                max_results?: number;
                page_token?: string;
            };
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetDatasetRecordsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    upsertDatasetRecords: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpsertDatasetRecords"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpsertDatasetRecordsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteDatasetRecords: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DeleteDatasetRecords"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteDatasetRecordsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    removeDatasetFromExperiments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemoveDatasetFromExperiments"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemoveDatasetFromExperimentsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setDatasetTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetDatasetTags"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetDatasetTagsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteDatasetTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteDatasetTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createBudgetPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGatewayBudgetPolicy"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateGatewayBudgetPolicyResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteBudgetPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteGatewayBudgetPolicy"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteGatewayBudgetPolicyResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getBudgetPolicy: {
        parameters: {
            query: {
                budget_policy_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetGatewayBudgetPolicyResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listBudgetPolicies: {
        parameters: {
            query?: {
                max_results?: number;
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListGatewayBudgetPoliciesResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateBudgetPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateGatewayBudgetPolicy"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateGatewayBudgetPolicyResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listBudgetWindows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListGatewayBudgetWindowsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createEndpointBinding: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGatewayEndpointBinding"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateGatewayEndpointBindingResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteEndpointBinding: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteGatewayEndpointBinding"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteGatewayEndpointBindingResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listEndpointBindings: {
        parameters: {
            query?: {
                endpoint_id?: string;
                resource_type?: string;
                resource_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListGatewayEndpointBindingsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createGatewayEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGatewayEndpoint"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateGatewayEndpointResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteGatewayEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteGatewayEndpoint"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteGatewayEndpointResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteGatewayEndpointTag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteGatewayEndpointTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteGatewayEndpointTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getGatewayEndpoint: {
        parameters: {
            query?: {
                endpoint_id?: string;
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetGatewayEndpointResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listGatewayEndpoints: {
        parameters: {
            query?: {
                provider?: string;
                secret_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListGatewayEndpointsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    attachModelToEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachModelToGatewayEndpoint"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachModelToGatewayEndpointResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    detachModelFromEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DetachModelFromGatewayEndpoint"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetachModelFromGatewayEndpointResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setGatewayEndpointTag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetGatewayEndpointTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetGatewayEndpointTagResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateGatewayEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateGatewayEndpoint"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateGatewayEndpointResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    addGuardrailToEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddGuardrailToEndpoint"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddGuardrailToEndpointResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createGatewayGuardrail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGatewayGuardrail"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateGatewayGuardrailResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteGatewayGuardrail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteGatewayGuardrail"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteGatewayGuardrailResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getGatewayGuardrail: {
        parameters: {
            query: {
                guardrail_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetGatewayGuardrailResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listGatewayGuardrails: {
        parameters: {
            query?: {
                max_results?: number;
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListGatewayGuardrailsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listEndpointGuardrailConfigs: {
        parameters: {
            query: {
                endpoint_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEndpointGuardrailConfigsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    removeGuardrailFromEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemoveGuardrailFromEndpoint"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemoveGuardrailFromEndpointResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateEndpointGuardrailConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateEndpointGuardrailConfig"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateEndpointGuardrailConfigResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createGatewayModelDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGatewayModelDefinition"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateGatewayModelDefinitionResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteGatewayModelDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteGatewayModelDefinition"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteGatewayModelDefinitionResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getGatewayModelDefinition: {
        parameters: {
            query: {
                model_definition_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetGatewayModelDefinitionResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listGatewayModelDefinitions: {
        parameters: {
            query?: {
                provider?: string;
                secret_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListGatewayModelDefinitionsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateGatewayModelDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateGatewayModelDefinition"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateGatewayModelDefinitionResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createGatewaySecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGatewaySecret"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateGatewaySecretResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteGatewaySecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteGatewaySecret"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteGatewaySecretResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getGatewaySecretInfo: {
        parameters: {
            query: {
                secret_id: string;
                secret_name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetGatewaySecretInfoResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listGatewaySecretInfos: {
        parameters: {
            query?: {
                provider?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListGatewaySecretInfosResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateGatewaySecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateGatewaySecret"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateGatewaySecretResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createIssue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateIssue"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateIssueResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchIssues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchIssues"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchIssuesResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getIssue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                issue_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetIssueResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateIssue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                issue_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateIssue"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateIssueResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createLabelSchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateLabelSchema"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateLabelSchemaResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteLabelSchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteLabelSchema"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteLabelSchemaResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getLabelSchema: {
        parameters: {
            query: {
                schema_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetLabelSchemaResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getLabelSchemaByName: {
        parameters: {
            query: {
                experiment_id: string;
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetLabelSchemaByNameResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listLabelSchemas: {
        parameters: {
            query: {
                experiment_id: string;
                max_results?: number;
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListLabelSchemasResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateLabelSchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateLabelSchema"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateLabelSchemaResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createPromptOptimizationJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePromptOptimizationJob"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatePromptOptimizationJobResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchPromptOptimizationJobsWithGet: {
        parameters: {
            query: {
                experiment_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchPromptOptimizationJobsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchPromptOptimizationJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchPromptOptimizationJobs"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchPromptOptimizationJobsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getPromptOptimizationJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetPromptOptimizationJobResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deletePromptOptimizationJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletePromptOptimizationJobResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    cancelPromptOptimizationJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelPromptOptimizationJobResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createReviewQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateReviewQueue"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateReviewQueueResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteReviewQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteReviewQueue"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteReviewQueueResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getReviewQueue: {
        parameters: {
            query: {
                queue_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetReviewQueueResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getReviewQueueByName: {
        parameters: {
            query: {
                experiment_id: string;
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetReviewQueueByNameResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getOrCreateUserQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GetOrCreateUserQueue"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetOrCreateUserQueueResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    addItemsToReviewQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddItemsToReviewQueue"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddItemsToReviewQueueResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listReviewQueueItems: {
        parameters: {
            query: {
                queue_id: string;
                status?: components["schemas"]["ReviewStatus"];
                max_results?: number;
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListReviewQueueItemsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    removeItemsFromReviewQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemoveItemsFromReviewQueue"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemoveItemsFromReviewQueueResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setReviewQueueItemStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetReviewQueueItemStatus"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetReviewQueueItemStatusResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listReviewQueues: {
        parameters: {
            query: {
                experiment_id: string;
                user?: string;
                max_results?: number;
                page_token?: string;
                item_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListReviewQueuesResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateReviewQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateReviewQueue"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateReviewQueueResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    assignRole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    role_id: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assignment: components["schemas"]["RoleAssignment"];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createRole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    workspace: string;
                    description?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        role: components["schemas"]["Role"];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteRole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role_id: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getRole: {
        parameters: {
            query: {
                role_id: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        role: components["schemas"]["Role"];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listRoles: {
        parameters: {
            query?: {
                workspace?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        roles: components["schemas"]["Role"][];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    addRolePermission: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role_id: number;
                    resource_type: string;
                    resource_pattern: string;
                    permission: components["schemas"]["Permission"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        role_permission: components["schemas"]["RolePermission"];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listRolePermissions: {
        parameters: {
            query: {
                role_id: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        role_permissions: components["schemas"]["RolePermission"][];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    removeRolePermission: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role_permission_id: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateRolePermission: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role_permission_id: number;
                    permission: components["schemas"]["Permission"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        role_permission: components["schemas"]["RolePermission"];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    unassignRole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    role_id: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateRole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role_id: number;
                    name?: string;
                    description?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        role: components["schemas"]["Role"];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listRoleUsers: {
        parameters: {
            query: {
                role_id: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assignments: components["schemas"]["RoleAssignment"][];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteScorer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteScorer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteScorerResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getScorer: {
        parameters: {
            query: {
                experiment_id: string;
                name: string;
                version?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetScorerResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listScorers: {
        parameters: {
            query?: {
                experiment_id?: string;
                experiment_ids?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListScorersResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    upsertOnlineScoringConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    experiment_id: string;
                    name: string;
                    sample_rate: number;
                    filter_string?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        config: components["schemas"]["OnlineScoringConfig"];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getOnlineScoringConfigs: {
        parameters: {
            query: {
                scorer_ids: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        configs: components["schemas"]["OnlineScoringConfig"][];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    registerScorer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterScorer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterScorerResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listScorerVersions: {
        parameters: {
            query: {
                experiment_id: string;
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListScorerVersionsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getServerInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerInfo"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    startTraceV3: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartTraceV3"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartTraceV3Response"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    batchGetTraces: {
        parameters: {
            query: {
                trace_ids: string[];
                experiment_ids?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchGetTracesResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    batchGetTraceInfos: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchGetTraceInfos"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchGetTraceInfosResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    calculateTraceFilterCorrelation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalculateTraceFilterCorrelation"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalculateTraceFilterCorrelationResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteTracesV3: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteTracesV3"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteTracesV3Response"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getTrace: {
        parameters: {
            query: {
                trace_id: string;
                allow_partial?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetTraceResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    queryTraceMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueryTraceMetrics"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryTraceMetricsResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    searchTracesV3: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchTracesV3"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchTracesV3Response"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getTraceInfoV3: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                trace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetTraceInfoV3Response"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createAssessment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                trace_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAssessment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateAssessmentResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getAssessment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                trace_id: string;
                assessment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetAssessmentRequestResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteAssessment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                trace_id: string;
                assessment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteAssessmentResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateAssessment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                trace_id: string;
                assessment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateAssessment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateAssessmentResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteTraceTagV3: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                trace_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteTraceTagV3"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteTraceTagV3Response"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setTraceTagV3: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                trace_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetTraceTagV3"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetTraceTagV3Response"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listCurrentUserPermissions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PermissionsOfUser"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getUserPermission: {
        parameters: {
            query: {
                username: string;
                resource_type: string;
                resource_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowed: boolean;
                        permission: components["schemas"]["Permission"];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    grantUserPermission: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    resource_type: string;
                    resource_id: string;
                    permission: components["schemas"]["Permission"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listUserPermissions: {
        parameters: {
            query: {
                username: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PermissionsOfUser"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    revokeUserPermission: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    resource_type: string;
                    resource_id: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listUserRoles: {
        parameters: {
            query: {
                username: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        roles: components["schemas"]["Role"][];
                    };
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listWorkspaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWorkspacesResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkspace"];
            };
        };
        responses: {
            /** @description OK */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateWorkspaceResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetWorkspaceResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteWorkspace: {
        parameters: {
            query?: {
                mode?: "RESTRICT" | "CASCADE" | "SET_DEFAULT";
            };
            header?: never;
            path: {
                workspace_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateWorkspace"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateWorkspaceResponse"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getRunArtifact: {
        parameters: {
            query: {
                run_id: string;
                path: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getModelVersionArtifact: {
        parameters: {
            query: {
                name: string;
                version: string;
                path: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};
