//! The classifier of explicit pictures: an ONNX model of the operator's, run by the operator's
//! libonnxruntime.
//!
//! Promises: without a model, or with one that cannot be loaded, there is no verdict and nothing
//! else fails; a failure while judging is logged and counts as no verdict.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use ort::{environment::Environment, session::Session, value::Tensor};
use parking_lot::Mutex;

use crate::{Error, Nsfw, Result, raster::Raster};

/// The side of the square the model looks at.
pub const SIDE: u32 = 224;
const LABELS: [&str; 5] = ["drawing", "hentai", "neutral", "porn", "sexy"];
/// Means of the blue, green and red channel of what the model was trained on.
const MEANS: [f32; 3] = [104.0, 117.0, 123.0];
const THRESHOLD: f32 = 0.85;

/// Where the model and the library that runs it are.
#[derive(Clone, Debug)]
pub struct Model {
    pub model: PathBuf,
    pub runtime: PathBuf,
}

pub struct Classifier(Mutex<Session>);

impl Classifier {
    /// Of the configured model; `None`, and a line in the log, if it does not load.
    pub fn load(model: &Model) -> Option<Self> {
        match session(model) {
            Ok(session) => Some(Self(Mutex::new(session))),
            Err(error) => {
                tracing::error!(%error, model = %model.model.display(), "no classifier of explicit pictures");
                None
            }
        }
    }

    /// Of a picture of [`SIDE`]×[`SIDE`].
    pub fn judge(&self, raster: &Raster) -> Result<Nsfw> {
        let pixels: Vec<f32> = raster
            .pixels
            .chunks_exact(raster.channels)
            .flat_map(|p| {
                [p[2], p[1], p[0]].into_iter().zip(MEANS).map(|(value, mean)| f32::from(value) - mean)
            })
            .collect();
        let side = SIDE as usize;
        let input = Tensor::from_array(([1, side, side, 3], pixels)).map_err(failed)?;
        let mut session = self.0.lock();
        let outputs = session.run(ort::inputs!["input" => input]).map_err(failed)?;
        let prediction = outputs.get("prediction").ok_or_else(|| failed("the model has no `prediction`"))?;
        let (_, scores) = prediction.try_extract_tensor::<f32>().map_err(failed)?;
        verdict(scores)
    }
}

fn session(model: &Model) -> Result<Session> {
    Session::builder(&environment(&model.runtime)?)
        .and_then(|builder| Ok(builder.with_intra_threads(1)?))
        .and_then(|mut builder| builder.commit_from_file(&model.model))
        .map_err(failed)
}

/// There is one per process; the first library that loads wins.
fn environment(runtime: &Path) -> Result<Environment> {
    static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);
    let mut environment = ENVIRONMENT.lock();
    if let Some(environment) = &*environment {
        return Ok(environment.clone());
    }
    let builder = ort::init_from(runtime).map_err(failed)?;
    let built = builder.with_telemetry(false).build().map_err(failed)?;
    Ok(environment.insert(built).clone())
}

/// `hentai` is left out of the score: it is mostly wrong.
fn verdict(scores: &[f32]) -> Result<Nsfw> {
    if scores.len() != LABELS.len() || scores.iter().any(|score| !score.is_finite()) {
        return Err(failed("the model's answer has another shape"));
    }
    let mut predictions: BTreeMap<String, f32> =
        LABELS.into_iter().map(str::to_owned).zip(scores.iter().copied()).collect();
    predictions.insert("hentai".to_owned(), 0.0);
    let probability = predictions["porn"] + predictions["sexy"];
    Ok(Nsfw { positive: probability > THRESHOLD, probability, predictions })
}

fn failed(error: impl ToString) -> Error {
    Error::Encode(format!("classifier: {}", error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_porn_and_sexy() {
        let found = verdict(&[0.0, 0.9, 0.05, 0.5, 0.36]).expect("five");
        assert!(found.positive && (found.probability - 0.86).abs() < 1e-6);
        assert_eq!(found.predictions["hentai"], 0.0);
        assert!(!verdict(&[0.0, 0.9, 0.1, 0.5, 0.34]).expect("five").positive);
        assert!(verdict(&[0.0; 4]).is_err() && verdict(&[f32::NAN; 5]).is_err());
    }

    #[test]
    fn a_missing_model_is_no_classifier() {
        let nowhere =
            Model { model: "/nonexistent/model.onnx".into(), runtime: "/nonexistent/lib.so".into() };
        assert!(Classifier::load(&nowhere).is_none());
    }
}
