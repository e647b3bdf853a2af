/** What to do with a model that cannot be compiled: TensorFlow runs whatever Keras exports. */
export const otherWay =
  "replace it, or log the model with mlflow.keras.log_model(..., save_exported_model=True) and serve it on TensorFlow";
