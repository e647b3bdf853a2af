/** What to do with a model that cannot be compiled: TensorFlow runs whatever Keras exports. */
export const otherWay =
  "replace it, or let Keras export the model as a SavedModel (model.export(folder), or with MLflow " +
  "mlflow.keras.log_model(..., save_exported_model=True, signature=...)) and run that on TensorFlow";
