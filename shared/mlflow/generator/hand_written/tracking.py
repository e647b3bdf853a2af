"""Tracking operations that no descriptor describes, or one describes wrongly."""

from hand_written.builder import INTEGER, NUMBER, STRING, array, json_content, operation, record, reference

TRACKING = "Tracking"

SCHEMAS = {
    "MetricOfRun": record(
        {"key": STRING, "value": reference("Double"), "timestamp": INTEGER, "step": INTEGER, "run_id": STRING}
    ),
    "OnlineScoringConfig": record(
        {
            "online_scoring_config_id": STRING,
            "scorer_id": STRING,
            "sample_rate": NUMBER,
            "experiment_id": STRING,
            "filter_string?": STRING,
        }
    ),
}

PATHS = {
    # The descriptor's path lacks a slash, so only the second path, which MLflow's UI uses, can be called.
    "/ajax-api/2.0/mlflow/experiments/search-datasets": {
        "post": operation(
            "searchDatasetsOfExperiments",
            TRACKING,
            "Search datasets that runs of experiments used",
            body={"experiment_ids": {**array(STRING), "minItems": 1, "maxItems": 20}},
            content=json_content(reference("SearchDatasetsResponse")),
        )
    },
    "/ajax-api/2.0/mlflow/metrics/get-history-bulk": {
        "get": operation(
            "getMetricHistoryBulk",
            TRACKING,
            "Get one metric's history of several runs; a NaN in it is written bare, which is not JSON",
            query={
                "run_id": {**array(STRING), "minItems": 1, "maxItems": 100},
                "metric_key": STRING,
                "max_results?": {**INTEGER, "maximum": 25_000, "minimum": 0},
            },
            content=json_content(record({"metrics": array(reference("MetricOfRun"))})),
        )
    },
    "/api/3.0/mlflow/scorers/online-configs": {
        "get": operation(
            "getOnlineScoringConfigs",
            TRACKING,
            "Get how scorers sample live traces",
            query={"scorer_ids": array(STRING)},
            content=json_content(record({"configs": array(reference("OnlineScoringConfig"))})),
        )
    },
    "/api/3.0/mlflow/scorers/online-config": {
        "put": operation(
            "upsertOnlineScoringConfig",
            TRACKING,
            "Set how a scorer samples live traces",
            body={
                "experiment_id": STRING,
                "name": STRING,
                "sample_rate": {**NUMBER, "minimum": 0, "maximum": 1},
                "filter_string?": STRING,
            },
            content=json_content(record({"config": reference("OnlineScoringConfig")})),
        )
    },
}
